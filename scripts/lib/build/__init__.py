"""The code of scripts/build: a one-dir binary, its archive, and the files that the registry requires."""
