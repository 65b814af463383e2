"""`services verify`: looks whether what we say of a service still stands on the page that we have it from."""
