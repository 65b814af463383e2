"""Typed text → intent and risk. Pure; a message is read once and dropped."""
