"""Run the checks of the source that no other tool has: all of them, or the checks that are named."""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from scripts.lib.check import exceptions, helpers, mirror, size, types, words
from scripts.lib.check.findings import Finding
from scripts.lib.shared.mirror import ROOT

Check = Callable[[Path, Iterable[str]], Iterable[Finding]]

CHECKS: Mapping[str, Check] = {
    "size": size.check,
    "words": lambda root, names: words.check(root, names, exceptions.WORDS),
    "types": types.check,
    "mirror": lambda root, names: mirror.check(root, names, exceptions.WITHOUT_PARTNER),
    "helpers": helpers.check,
}

ROOTS: Mapping[str, tuple[str, ...]] = {
    "size": ("provider", "scripts", "tests"),
    "words": (
        "provider",
        "scripts",
        "templates",
        "tests/acceptance",
        "tests/campaigns",
        "tests/conftest.py",
        "tests/installed",
        "tests/protocol",
        "tests/support",
        "tests/unit",
        "README.md",
        "CONTRIBUTING.md",
        "DESIGN.md",
        "CHANGELOG.md",
        "SECURITY.md",
        "examples",
    ),
    "types": ("provider",),
    "mirror": ("provider", "scripts/lib", "tests/support"),
    "helpers": ("tests",),
}
"""The files and folders that each check reads."""


def main(arguments: Sequence[str], root: Path = ROOT) -> int:
    """Print each finding and return 1 if there are any."""
    if unknown := [name for name in arguments if name not in CHECKS]:
        print(f"check: there is no check {unknown[0]}; the checks are {', '.join(CHECKS)}", file=sys.stderr)
        return 2
    found = [
        (name, each)
        for name, check in CHECKS.items()
        if not arguments or name in arguments
        for each in check(root, ROOTS[name])
    ]
    for name, each in found:
        print(f"{each} ({name})")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
