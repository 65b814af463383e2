"""Stories: a person, a moment, what they press or type, and what must and must not appear (docs/stories.md)."""
