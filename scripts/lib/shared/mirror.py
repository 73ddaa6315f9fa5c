"""Make the provider of the checkout installable by ``init``, like a release.

Developer overrides do not work with ``init``, the dependency lock file and provider functions. An unpacked filesystem
mirror does: ``<host>/<namespace>/<type>/<version>/<os>_<arch>/`` with the executable in it. Here the executable is a
wrapper around the virtual environment's program, so the next command uses each edit of the source.
"""

import json
import platform
import shlex
from dataclasses import dataclass
from pathlib import Path

import provider

ROOT = Path(__file__).resolve().parents[3]
EXECUTABLE = ROOT / ".venv" / "bin" / "terraform-provider-atlan"
NAMESPACE, TYPE = "atlanhq", "atlan"

HOSTS = ("registry.terraform.io", "registry.opentofu.org")
"""The hosts of a source address without a host, in Terraform and in OpenTofu."""

_ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64", "armv7l": "arm", "i686": "386"}


@dataclass(frozen=True)
class Installation:
    """The folder of the mirror, and a CLI configuration file in which it is the only mirror."""

    mirror: Path
    cli_config: Path


def install(directory: Path, executable: Path = EXECUTABLE, kind: str = TYPE) -> Installation:
    """Write a mirror and a CLI configuration into `directory`. Repeating it changes nothing.

    Providers of several kinds can share one directory.
    """
    mirror = directory / "mirror"
    for host in HOSTS:
        _write_wrapper(mirror / host / NAMESPACE / kind / provider.__version__ / system(), executable, kind)
    config = directory / "cli.tfrc"
    config.write_text(cli_config(mirror))
    return Installation(mirror, config)


def system() -> str:
    """Return the platform as the registries name it, such as ``linux_amd64``."""
    machine = platform.machine().lower()
    return f"{platform.system().lower()}_{_ARCHITECTURES.get(machine, machine)}"


def cli_config(mirror: Path) -> str:
    """Return a CLI configuration that installs providers only from the mirror."""
    return (
        "disable_checkpoint = true\n\n"
        "provider_installation {\n"
        "  filesystem_mirror {\n"
        f"    path = {json.dumps(str(mirror), ensure_ascii=False)}\n"
        "  }\n"
        "}\n"
    )


def _write_wrapper(folder: Path, executable: Path, kind: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    wrapper = folder / f"terraform-provider-{kind}_v{provider.__version__}"
    wrapper.write_text(f'#!/bin/sh\nexec {shlex.quote(str(executable))} "$@"\n')
    wrapper.chmod(0o755)
