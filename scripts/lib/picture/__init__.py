"""The code of scripts/picture, which draws the picture of the README."""
