"""Ways to reach people: each draws screens and hands presses and typed words to the engine."""
