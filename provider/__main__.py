"""The entry point. Terraform starts this program. If a person starts it, it prints how to use it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from provider import __version__
from provider.framework.server.entry_point import run

if TYPE_CHECKING:
    from provider.framework import Provider

_ABOUT: Final = f"""\
This is the Atlan provider for Terraform, version {__version__}. It is a plugin that Terraform and OpenTofu start.
Do not start it yourself. Declare it in a configuration and run `terraform init`:

  terraform {{
    required_providers {{
      atlan = {{ source = "atlanhq/atlan" }}
    }}
  }}

To debug the provider, start it with --debug. It prints an environment variable. Set this variable for Terraform.
"""


def main() -> int:
    """Serve Terraform until Shutdown, and return the exit code."""
    return run(load, program="terraform-provider-atlan", version=__version__, logger="provider", about=_ABOUT)


def load() -> Provider:
    """Import and return the provider."""
    from provider.provider import AtlanProvider

    return AtlanProvider()


if __name__ == "__main__":
    sys.exit(main())
