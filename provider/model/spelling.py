"""Send keys and texts as the service has them, although Terraform knows them only in Unicode normal form C (NFC)."""

from __future__ import annotations

from collections.abc import Mapping

from provider.framework import Value, is_known, nfc
from provider.model.json_inputs import as_json, encode, equal
from provider.model.normal_form import has_equal_keys, is_normalized, normalized, opened, spellings


def as_stored(value: Value, stored: Value) -> Value:
    """Return a value with the spelling of the stored value for each key and text that is equal in NFC.

    Equal keys in the stored value stay as they are, with their values. JSON text stays JSON text.
    """
    if is_normalized(stored):
        return value
    ours, theirs = as_json(value), opened(stored)
    if isinstance(ours, dict) and isinstance(theirs, dict):
        changed: Value = _keys_as_stored(ours, theirs)
    elif isinstance(ours, list) and isinstance(theirs, list):
        found = _equal_elements(ours, theirs)
        changed = [theirs[found[index]] if index in found else item for index, item in enumerate(ours)]
    else:
        return stored if isinstance(value, str) and isinstance(stored, str) and nfc(stored) == value else value
    return encode(changed) if isinstance(value, str) and changed != ours else changed if ours is value else value


def changes_equal_keys(configured: Value, stored: Value) -> bool:
    """Return True if a configured value would change or remove equal keys of the stored value, at any depth.

    A list keeps the equal keys of an element only if the list contains the element unchanged. A list with an Unknown
    value may contain it.
    """
    if not has_equal_keys(stored):
        return False
    ours, theirs = opened(configured), opened(stored)
    if isinstance(ours, dict) and isinstance(theirs, dict):
        values = {nfc(key): item for key, item in ours.items() if item is not None}
        return any(
            key in values if len(names) > 1 else changes_equal_keys(values.get(key), theirs[names[0]])
            for key, names in spellings(theirs).items()
        )
    if isinstance(ours, list) and isinstance(theirs, list):
        kept = _equal_elements(ours, theirs).values()
        return is_known(ours) and any(has_equal_keys(each) and index not in kept for index, each in enumerate(theirs))
    return is_known(ours)


def _keys_as_stored(ours: Mapping[str, Value], theirs: Mapping[str, Value]) -> Value:
    found = spellings(theirs)
    result: dict[str, Value] = {}
    for key, item in ours.items():
        names = [key] if key in theirs else found.get(key, [])
        name = names[0] if len(names) == 1 else key
        result[name] = as_stored(item, theirs[name]) if name in theirs else item
    return result | {name: theirs[name] for names in found.values() if len(names) > 1 for name in names}


def _equal_elements(ours: list[Value], theirs: list[Value]) -> dict[int, int]:
    """Return the index of the equal element in the stored list, for each element that has another spelling there.

    The element at the same index is preferred. No stored element is used twice.
    """
    free = {index: normalized(each) for index, each in enumerate(theirs) if not is_normalized(each)}
    found = {index: index for index, item in enumerate(ours) if index in free and equal(item, free[index])}
    free = {index: each for index, each in free.items() if index not in found}
    for index, item in enumerate(ours):
        match = None if index in found else next((at for at, each in free.items() if equal(item, each)), None)
        if match is not None:
            found[index] = match
            del free[match]
    return found
