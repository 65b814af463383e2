"""The web chat: plain pages that need no script, no account and no storage, and leave as little behind as can be."""
