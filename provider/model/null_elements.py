"""Report null in lists. A publish leaves out a null in an object, but a list without an element has another meaning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from provider.framework import Finding, Path, Value
from provider.model.json_inputs import NullElement, has_null_element, merged
from provider.model.key_places import KEY_IS_NUMBERED, key_place


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
                name = "inputs" if has_null_element(inputs[key], in_text=True) else "inputs_wo"
                yield null_element(name, key, {"inputs": inputs, "inputs_wo": inputs_wo}[name][key])


def check_elements(name: str, value: Value, within: Sequence[str] = ()) -> Iterable[Finding]:
    """Yield a finding for each key of the attribute ``name`` whose value contains null in a list, at any depth.

    ``within`` are the attributes that contain this one. Then the finding shows no key.
    """
    path = [*within, name]
    items = value if isinstance(value, dict) else dict[str, Value]()
    for key, item in items.items():
        if has_null_element(item):
            yield _finding(key_place(".".join(path), key, items), [*path, (key,)], item)


def null_element(name: str, key: str, value: Value) -> Finding:
    """Return the finding about null in a list in the value of a key of the attribute ``name``."""
    return _finding(f"{name}.{key}", [name, (key,)], value)


def _finding(place: str, path: Path, value: Value) -> Finding:
    is_numbered = len(path) > 2
    is_direct = isinstance(value, list) and None in value and not is_numbered
    return Finding(
        f"{place} contains null in a list",
        "A null in an object is left out, but a list without an element has another meaning. Remove the "
        f"{'element' if is_direct else 'null from the list inside it'}, for example with "
        f"[for each in {place if is_direct else 'LIST'} : each if each != null]."
        f"{f' {KEY_IS_NUMBERED}' if is_numbered else ''}",
        path,
    )
