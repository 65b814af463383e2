"""Buttons already sent: what older content put into people's chats, and where it leads in the content of today."""
