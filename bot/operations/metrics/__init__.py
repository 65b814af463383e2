"""Seeing the bot run without seeing people: what is counted, and how it is let out."""
