"""The code of scripts/campaign."""
