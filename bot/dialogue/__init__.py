"""The pure core: content × state × moment → screen. No input or output, no clock, no channel."""
