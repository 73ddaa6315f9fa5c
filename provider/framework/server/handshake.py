"""The handshake with Terraform: a cookie in the environment, and one line on stdout.

This module imports nothing that might print, because stdout is not set aside before this module is used.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from provider.framework.server.listener import Endpoint

MAGIC_COOKIE: Final = ("TF_PLUGIN_MAGIC_COOKIE", "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2")


def started_by_terraform() -> bool:
    """Return True if the environment contains the cookie that Terraform gives to its plugins."""
    name, value = MAGIC_COOKIE
    return os.environ.get(name) == value


def keep_stdout_aside() -> TextIO:
    """Return the real stdout for the handshake line. Everything that is printed from now on goes to stderr."""
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    return out


def write_line(out: TextIO, endpoint: Endpoint) -> None:
    """Write go-plugin's handshake line: core version, protocol, network, address, ``grpc`` and the certificate."""
    out.write(f"1|6|{endpoint.network}|{endpoint.address}|grpc|{endpoint.certificate}\n")
    out.flush()
