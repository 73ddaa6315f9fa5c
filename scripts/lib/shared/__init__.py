"""The code that several commands use: the CLI, a mirror, a sandbox, HCL, pytest."""
