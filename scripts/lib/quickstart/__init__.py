"""The code of scripts/quickstart."""
