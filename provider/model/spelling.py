"""Send keys and texts as the service has them, although Terraform knows them only in Unicode normal form C (NFC)."""

from __future__ import annotations

from collections.abc import Mapping

from provider.framework import Value, nfc
from provider.model.json_inputs import as_json, encode
from provider.model.normal_form import is_normalized, normalized, opened, spellings


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
        changed = [_element_as_stored(item, theirs) for item in ours]
    else:
        return stored if isinstance(value, str) and isinstance(stored, str) and nfc(stored) == value else value
    return encode(changed) if isinstance(value, str) and changed != ours else changed if ours is value else value


def _keys_as_stored(ours: Mapping[str, Value], theirs: Mapping[str, Value]) -> Value:
    found = spellings(theirs)
    result: dict[str, Value] = {}
    for key, item in ours.items():
        names = [key] if key in theirs else found.get(key, [])
        name = names[0] if len(names) == 1 else key
        result[name] = as_stored(item, theirs[name]) if name in theirs else item
    return result | {name: theirs[name] for names in found.values() if len(names) > 1 for name in names}


def _element_as_stored(item: Value, theirs: list[Value]) -> Value:
    return next((each for each in theirs if not is_normalized(each) and normalized(each) == item), item)
