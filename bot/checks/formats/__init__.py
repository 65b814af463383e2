"""A report for people (text, a page to publish) and for other programs (JSON, SARIF)."""
