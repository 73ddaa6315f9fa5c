"""Report null in lists. A publish leaves out a null in an object, but a list without an element has another meaning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from provider.framework import Finding, Path, Value
from provider.model.json_inputs import NullElement, has_null_element, merged


def check_inputs(inputs: Value, inputs_wo: Value) -> Iterable[Finding]:
    """Yield a finding for each input with null in a list. JSON text is searched if an object is merged into it."""
    attributes = {"inputs": inputs, "inputs_wo": inputs_wo}
    for name, value in attributes.items():
        yield from check_elements(name, value)
    if isinstance(inputs, dict) and isinstance(inputs_wo, dict):
        yield from _check_merged(inputs, inputs_wo)


def _check_merged(inputs: Mapping[str, Value], inputs_wo: Mapping[str, Value]) -> Iterable[Finding]:
    for key in [each for each in inputs if each in inputs_wo]:
        if not (has_null_element(inputs[key]) or has_null_element(inputs_wo[key])):
            try:
                merged(inputs[key], inputs_wo[key])
            except NullElement:
                yield null_element("inputs" if has_null_element(inputs[key], in_text=True) else "inputs_wo", key)


def check_elements(name: str, value: Value, within: Path | None = None) -> Iterable[Finding]:
    """Yield a finding for each key of the attribute ``name`` whose value contains null in a list, at any depth."""
    for key, item in value.items() if isinstance(value, dict) else ():
        if has_null_element(item):
            yield null_element(name, key, within)


def null_element(name: str, key: str, within: Path | None = None) -> Finding:
    """Return the finding about null in a list under a key of the attribute ``name``."""
    return Finding(
        f"{name}.{key} contains null in a list",
        "A null in an object is left out, but a list without an element has another meaning. Remove the "
        f"element, for example with [for each in {name}.{key} : each if each != null].",
        [*(within or []), name, (key,)],
    )
