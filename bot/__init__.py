"""Waypost points people to help with online child sexual abuse, and stores nothing about them."""

__version__ = "0.1.0"
