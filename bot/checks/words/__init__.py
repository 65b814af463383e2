"""What words do to people: read as plain words, held against lists, measured for how hard they are to read."""
