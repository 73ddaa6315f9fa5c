"""The code of scripts/test."""
