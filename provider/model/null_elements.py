"""Report null in lists. A publish leaves out a null in an object, but a list without an element has another meaning."""

from __future__ import annotations

from collections.abc import Iterable

from provider.framework import Finding, Path, Value
from provider.model.json_inputs import has_null_element


def check_elements(name: str, value: Value, within: Path | None = None) -> Iterable[Finding]:
    """Yield a finding for each key of the attribute ``name`` whose value contains null in a list, at any depth."""
    for key, item in value.items() if isinstance(value, dict) else ():
        if has_null_element(item):
            yield Finding(
                f"{name}.{key} contains null in a list",
                "A null in an object is left out, but a list without an element has another meaning. Remove the "
                f"element, for example with [for each in {name}.{key} : each if each != null].",
                [*(within or []), name, (key,)],
            )
