"""An audit of a deployment: what is right, what deserves a look, what is wrong, and what to do about each."""
