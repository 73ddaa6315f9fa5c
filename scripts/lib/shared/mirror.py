"""Make the checkout's own provider installable by ``init``, as a released one is.

Developer overrides are no part of ``init``, of the dependency lock file, or of provider functions. An
unpacked filesystem mirror is: ``<host>/<namespace>/<type>/<version>/<os>_<arch>/`` with the executable in
it. Here that executable is a wrapper around the virtual environment's own, so an edit of the source is in
force at the next command, without installing anything again.
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
"""Where a source address without a host is looked for: Terraform's answer and OpenTofu's."""

_ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64", "armv7l": "arm", "i686": "386"}


@dataclass(frozen=True)
class Installation:
    """What `install` made: the mirror's folder and the CLI configuration file that names it alone."""

    mirror: Path
    cli_config: Path


def install(directory: Path, executable: Path = EXECUTABLE, kind: str = TYPE) -> Installation:
    """Lay a mirror and a CLI configuration into `directory`; repeating it changes nothing.

    Providers of several kinds may share one directory.
    """
    mirror = directory / "mirror"
    for host in HOSTS:
        _write_wrapper(mirror / host / NAMESPACE / kind / provider.__version__ / system(), executable, kind)
    config = directory / "cli.tfrc"
    config.write_text(cli_config(mirror))
    return Installation(mirror, config)


def system() -> str:
    """Return the platform in the words of the registries, such as ``linux_amd64``."""
    machine = platform.machine().lower()
    return f"{platform.system().lower()}_{_ARCHITECTURES.get(machine, machine)}"


def cli_config(mirror: Path) -> str:
    """Return a CLI configuration in which the mirror is the only place to install from."""
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
