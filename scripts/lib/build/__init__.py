"""The released provider: a one-dir binary, its archive, and what the registry asks for beside it."""
