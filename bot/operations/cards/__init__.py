"""Posters and pocket cards that lead to the chat, by a code to point a phone's camera at."""
