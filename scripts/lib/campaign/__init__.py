"""The code of scripts/campaign, which runs the campaigns in full."""
