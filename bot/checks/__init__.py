"""The proofs: every screen that can be reached is drawn by the engine itself, and one small rule each looks at it."""
