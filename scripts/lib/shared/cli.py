"""Find ``terraform`` or ``tofu``, and make an environment without the settings of the user."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

MISSING = (
    "neither terraform nor tofu is on PATH: install Terraform 1.11 or newer, or OpenTofu 1.11 or newer "
    "(or name one with TF_CLI_PATH)"
)

_PERSONAL = ("TF_", "ATLAN_")


class CliMissingError(Exception):
    """There is no CLI. The message is one line with the program to install."""


def find(environment: Mapping[str, str] = os.environ) -> str:
    """Return the path of the CLI: ``TF_CLI_PATH`` if it is set, else ``terraform``, else ``tofu``.

    Raises CliMissingError.
    """
    if named := environment.get("TF_CLI_PATH"):
        if found := shutil.which(named, path=environment.get("PATH")):
            return str(Path(found).absolute())
        raise CliMissingError(f"TF_CLI_PATH names {named}, which is not a program: correct or unset the variable")
    for name in ("terraform", "tofu"):
        if found := shutil.which(name, path=environment.get("PATH")):
            return str(Path(found).absolute())
    raise CliMissingError(MISSING)


def environment(cli_config: Path, base: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return `base` without its ``TF_*`` and ``ATLAN_*`` settings, with this CLI configuration instead.

    In it the CLI asks no questions and does not look for a newer version of itself.
    """
    kept = {name: value for name, value in base.items() if not name.startswith(_PERSONAL)}
    return kept | {
        "TF_CLI_CONFIG_FILE": str(cli_config),
        "TF_IN_AUTOMATION": "1",
        "TF_INPUT": "0",
        "CHECKPOINT_DISABLE": "1",
    }
