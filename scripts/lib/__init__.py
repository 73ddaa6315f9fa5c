"""The Python code of the commands in scripts/: one package for each command, with the command's name."""
