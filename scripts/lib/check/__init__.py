"""The checks of scripts/check that no other tool has: size, words, types, and a test file for each module."""
