"""The Telegram channel: raw updates in, screens out, nothing about a person kept."""
