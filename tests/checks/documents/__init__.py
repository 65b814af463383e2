"""Pages made from the content, for people who must vouch for it."""
