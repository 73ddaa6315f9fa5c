"""The entry point. Terraform starts this program; started by hand, it says what it is."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING, Final

from provider import __version__
from provider.framework.server import handshake

if TYPE_CHECKING:
    from provider.framework import Provider

_ABOUT: Final = f"""\
This is the Atlan provider for Terraform, version {__version__}. It is a plugin: Terraform and OpenTofu start it,
people do not. Declare it in a configuration and run `terraform init`:

  terraform {{
    required_providers {{
      atlan = {{ source = "atlanhq/atlan" }}
    }}
  }}

To debug it, start it with --debug and give Terraform the line that it prints.
"""

_GC_THRESHOLDS: Final = (10_000, 5, 5)
"""A call makes many values and hardly a cycle: looking for one at every 700th takes a tenth of a call."""


def main() -> int:
    """Serve Terraform until it says Shutdown. Exits with 1 when it was not Terraform that started this."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"terraform-provider-atlan {__version__}\n")
        return 0
    if sys.argv[1:] == ["--debug"]:
        from provider.framework.server.start import serve_for_debugging

        serve_for_debugging(load)
    elif handshake.by_terraform():
        out = handshake.keep_stdout_aside()
        gc.disable()  # until everything is loaded: what is imported is never garbage
        from provider.framework.server.start import serve

        serve(load, out)
    else:
        sys.stderr.write(_ABOUT)
        return 1
    return 0


def load() -> Provider:
    """The provider, with all that it takes to answer."""
    from provider.provider import AtlanProvider

    gc.freeze()
    gc.set_threshold(*_GC_THRESHOLDS)
    gc.enable()
    return AtlanProvider()


if __name__ == "__main__":
    sys.exit(main())
