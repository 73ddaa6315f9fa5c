"""Parts of the commands in this folder's parent that are written in Python."""
