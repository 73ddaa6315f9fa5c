"""Find the installed distributions that the released provider needs, and the modules of all others."""

import re
from collections.abc import Iterator
from functools import cache
from importlib import metadata

from packaging.requirements import Requirement

NAME = "terraform-provider-atlan"
_DECLARED = ("License-Expression", "License", "Home-page", "Project-URL")


@cache
def needed() -> frozenset[str]:
    """Return the names of the package and of all distributions that it requires here, without extras."""
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
    """Return the importable modules of all other distributions: those for development and the sandbox."""
    owners = metadata.packages_distributions()
    return sorted(module for module, names in owners.items() if not needed() & set(map(_normal, names)))


def licenses() -> Iterator[tuple[str, str]]:
    """Yield a heading and the text of the license files for each needed distribution."""
    for name in sorted(needed() - {NAME}):
        distribution = metadata.distribution(name)
        texts = [path.read_text("utf-8") for path in distribution.files or [] if _is_license(path.as_posix())]
        declared = [distribution.metadata[field] for field in _DECLARED if field in distribution.metadata]
        yield f"{distribution.metadata['Name']} {distribution.version}", "\n".join(texts or declared)


def _is_license(path: str) -> bool:
    return bool(re.search(r"\.dist-info/(.*/)?(LICEN[CS]E|NOTICE|COPYING)[^/]*$", path, re.IGNORECASE))


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
