"""The code of scripts/picture."""
