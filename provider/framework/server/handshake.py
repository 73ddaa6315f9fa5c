"""How Terraform launches a plugin: with a cookie in its environment, and with stdout for the handshake alone.

Nothing that might print is imported here, for stdout is kept aside before anything else is.
"""

from __future__ import annotations

import os
from typing import Final, TextIO

MAGIC_COOKIE: Final = ("TF_PLUGIN_MAGIC_COOKIE", "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2")


def by_terraform() -> bool:
    """Whether the environment holds the cookie with which Terraform starts its plugins."""
    name, value = MAGIC_COOKIE
    return os.environ.get(name) == value


def keep_stdout_aside() -> TextIO:
    """The real stdout, for the handshake line alone: whatever else prints from now on reaches stderr."""
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    return out
