"""The entry point of a provider's program."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from provider.framework.server import garbage_collection, handshake

if TYPE_CHECKING:
    from provider.framework.provider import Provider


def run(load: Callable[[], Provider], *, program: str, version: str, logger: str, about: str = "") -> int:
    """Run a provider's program. Return its exit code, except that serving ends the process itself.

    ``load`` imports and returns the provider. The program calls ``load`` after the handshake, so that Terraform
    connects meanwhile. ``logger`` names the provider's root logger, whose level Terraform sets. Started by hand, the
    program prints ``about`` to stderr and returns 1. ``--version`` prints name and version of the program. ``--debug``
    serves until SIGINT or SIGTERM, for a debugger.
    """
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"{program} {version}\n")
        return 0
    if sys.argv[1:] == ["--debug"]:
        from provider.framework.server.start import serve_for_debugging

        serve_for_debugging(load, logger)
    elif handshake.started_by_terraform():
        out = handshake.keep_stdout_aside()
        garbage_collection.pause()
        from provider.framework.server.start import serve

        serve(load, out, logger)
    else:
        sys.stderr.write(about or f"{program} {version} is a Terraform plugin. Terraform starts it.\n")
        return 1
    return 0
