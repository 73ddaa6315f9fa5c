"""Which installed distributions the released provider needs, and which modules are others'."""

import re
from collections.abc import Iterator
from functools import cache
from importlib import metadata

from packaging.requirements import Requirement

NAME = "terraform-provider-atlan"
_DECLARED = ("License-Expression", "License", "Home-page", "Project-URL")


@cache
def needed() -> frozenset[str]:
    """The names of the distributions that the package requires on this platform, without extras, itself included."""
    found: set[str] = set()
    waiting = [NAME]
    while waiting:
        name = _normal(waiting.pop())
        if name not in found:
            found.add(name)
            waiting += _required(name)
    return frozenset(found)


def _required(name: str) -> Iterator[str]:
    for text in metadata.requires(name) or []:
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield requirement.name


def unneeded_modules() -> list[str]:
    """The importable names that only development or the sandbox brought into this environment."""
    owners = metadata.packages_distributions()
    return sorted(module for module, names in owners.items() if not needed() & set(map(_normal, names)))


def licences() -> Iterator[tuple[str, str]]:
    """What must go along with each needed distribution: a heading, and the text of its licence files."""
    for name in sorted(needed() - {NAME}):
        distribution = metadata.distribution(name)
        texts = [path.read_text("utf-8") for path in distribution.files or [] if _is_licence(path.as_posix())]
        declared = [distribution.metadata[field] for field in _DECLARED if field in distribution.metadata]
        yield f"{distribution.metadata['Name']} {distribution.version}", "\n".join(texts or declared)


def _is_licence(path: str) -> bool:
    return bool(re.search(r"\.dist-info/(.*/)?(LICEN[CS]E|NOTICE|COPYING)[^/]*$", path, re.IGNORECASE))


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
