"""The Terraform command that launched this process.

The protocol does not contain the command. ``terraform destroy`` and ``terraform plan -destroy`` plan normally first,
and an error in that plan blocks the destroy (measured with 1.11.4). A user would have to repair the configuration of a
resource before destroying the resource. So a plan reports a warning instead of an error if ``destroys`` returns True.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from psutil import Process

# A wrapper of this program, or its boot loader, can be between it and Terraform.
_MAX_ANCESTORS: Final = 4

# Version managers name executables such as terraform_1.11.4. The names of providers begin with terraform-provider.
_EXECUTABLE: Final = re.compile(r"(terraform|tofu)([-_]?v?\d[\w.+-]*?)?(\.exe)?", re.IGNORECASE)

_DESTROY_FLAG: Final = re.compile(r"--?destroy(?:=(.*))?")
_TRUE_VALUES: Final = frozenset({None, "1", "t", "T", "true", "TRUE", "True"})  # as Go's flags read a boolean


@cache
def destroys() -> bool:
    """Return True if a destroy, or the plan of a destroy, launched this process. The answer is computed once.

    Return False if that is not known: Terraform's process cannot be read, or another program started this process,
    such as a debugger.
    """
    import psutil

    try:
        arguments = _launched_by(psutil.Process())
        return arguments is not None and is_destroy(arguments, os.environ)
    except (psutil.Error, OSError, ValueError):
        return False


def is_destroy(arguments: Sequence[str], environment: Mapping[str, str]) -> bool:
    """Return True if Terraform's arguments, with those of its environment, are those of a destroy.

    Raises ValueError if quotes in the environment are not closed. Terraform refuses that too.
    """
    at = next((index for index, each in enumerate(arguments) if not each.startswith("-")), None)
    if at is None:
        return False
    command = arguments[at]
    if command not in ("plan", "apply"):
        return command == "destroy"
    added = [*_words(environment, f"TF_CLI_ARGS_{command}"), *_words(environment, "TF_CLI_ARGS")]
    flags = [found[1] for found in map(_DESTROY_FLAG.fullmatch, [*added, *arguments[at + 1 :]]) if found]
    return bool(flags) and flags[-1] in _TRUE_VALUES


def _words(environment: Mapping[str, str], name: str) -> list[str]:
    import shlex

    return shlex.split(environment.get(name, ""))


def _launched_by(process: Process) -> list[str] | None:
    """Return the arguments of the nearest ancestor that is Terraform or OpenTofu, or None if there is none."""
    ancestor = process.parent()
    for _ in range(_MAX_ANCESTORS):
        if ancestor is None:
            return None
        name, *arguments = ancestor.cmdline() or [""]
        if _is_terraform(name) or _is_terraform(ancestor.exe()):
            return arguments
        ancestor = ancestor.parent()
    return None


def _is_terraform(executable: str) -> bool:
    return _EXECUTABLE.fullmatch(PurePath(executable).name) is not None
