"""What keeps it running: logging without people in it, and starting the channels."""
