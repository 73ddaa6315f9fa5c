"""The code of scripts/benchmark: the compared configurations, the commands that run them, and the figures."""
