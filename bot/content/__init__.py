"""YAML in, checked and immutable `Content` out."""
