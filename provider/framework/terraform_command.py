"""The Terraform command that launched this process.

The protocol does not contain the command. ``terraform destroy`` and ``terraform plan -destroy`` plan normally first,
and an error in that plan blocks the destroy (measured with 1.11.4). A user would have to repair the configuration of a
resource before destroying the resource. The module ``refusals`` uses the command to avoid that.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from psutil import Process

# A wrapper of this program, or its boot loader, can be between it and Terraform.
_MAX_ANCESTORS: Final = 4

# Version managers name executables such as terraform_1.11.4. The names of providers begin with terraform-provider.
_EXECUTABLE: Final = re.compile(r"(terraform|tofu)([-_]?v?\d[\w.+-]*?)?(\.exe)?", re.IGNORECASE)

_DESTROY_FLAG: Final = re.compile(r"--?destroy(?:=(.*))?")
_TRUE_VALUES: Final = frozenset({None, "1", "t", "T", "true", "TRUE", "True"})  # as Go's flags read a boolean


class Command(NamedTuple):
    """A command of ``terraform`` or ``tofu``. ``is_destroy`` is True for a destroy, and for the plan of a destroy."""

    program: str
    is_destroy: bool


@cache
def launcher() -> Command | None:
    """Return the command that launched this process. The answer is computed once.

    Return None if the command is not known: Terraform's process cannot be read, or another program started this
    process, such as a debugger.
    """
    import psutil

    try:
        return _launched_by(psutil.Process())
    except (psutil.Error, OSError, ValueError):
        return None


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


def _launched_by(process: Process) -> Command | None:
    """Return the command of the nearest ancestor that is Terraform or OpenTofu, or None if there is none."""
    ancestor = process.parent()
    for _ in range(_MAX_ANCESTORS):
        if ancestor is None:
            return None
        name, *arguments = ancestor.cmdline() or [""]
        program = _program(name) or _program(ancestor.exe())
        if program is not None:
            return Command(program, is_destroy(arguments, os.environ))
        ancestor = ancestor.parent()
    return None


def _program(executable: str) -> str | None:
    found = _EXECUTABLE.fullmatch(PurePath(executable).name)
    return None if found is None else found[1].lower()
