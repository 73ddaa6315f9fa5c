"""The code of scripts/quickstart, which shows examples/quickstart from create to destroy."""
