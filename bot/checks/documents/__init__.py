"""Pages for people who must vouch for the content without running it: made from the content, never written by hand."""
