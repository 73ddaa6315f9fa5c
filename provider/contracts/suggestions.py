"""What was probably meant, and how much too much there is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from provider.contracts.formatting import value_text
from provider.contracts.spelling import nearest, same_letters
from provider.model import json_inputs

_MOST_KEYS: Final = 12
_LONGEST_LIST: Final = 1000
_COUNTED: Final = {
    "Length": ("character", str),
    "Items": ("element", list),
    "Properties": ("key", dict),
}


def key_meant(key: str, known: Iterable[str], given: Mapping[str, Any]) -> str | None:
    """The known key that an unknown one probably stands for; one that is given already only if spelt alike."""
    names = list(known)
    return nearest(key, (name for name in names if name not in given)) or nearest(
        key, (name for name in names if same_letters(name, key))
    )


def about_key(key: str, meant: str | None, known: list[str], why: str) -> list[str]:
    """Sentences on an unknown key: what it was to be, or what is known."""
    if meant and same_letters(key, meant):
        return [f"Keys are written {meant}." if "_" in meant else f"It is written {meant}."]
    if meant:
        return [f"Did you mean {meant}?"]
    if not known:
        return [f"{why} no keys here."]
    more = f" and {len(known) - _MOST_KEYS} more" if len(known) > _MOST_KEYS else ""
    return [f"{why} {', '.join(known[:_MOST_KEYS])}{more}."]


def value_meant(value: Any, allowed: list[Any]) -> str:
    """The allowed value that one which is not allowed probably stands for."""
    if isinstance(value, str):
        found = nearest(value, [each for each in allowed if isinstance(each, str)])
        unquoted = _unquoted(value)
        if found is None and not isinstance(unquoted, str) and unquoted in allowed:
            return f"Did you mean {value_text(unquoted)}, without quotes?"
        return f"Did you mean {value_text(found)}?" if found is not None else ""
    quoted = _written(value)
    return f"Did you mean {value_text(quoted)}, in quotes?" if quoted in allowed else ""


def type_meant(value: Any, wanted: list[str], limited: Callable[[], bool], on_top: bool) -> str:
    """What to write for a value of the wrong type."""
    if value is None:
        return "Leave it out where there is no value."
    if isinstance(value, dict | list):
        text_alone = "string" in wanted and not {"object", "array"} & set(wanted)
        return _as_text(value, limited(), on_top) if text_alone else ""
    if isinstance(value, str):
        unquoted = _unquoted(value)
        fits = not isinstance(unquoted, str) and _json_types(unquoted) & set(wanted)
        return f"Did you mean {value_text(unquoted)}, without quotes?" if fits else _in_list(value, wanted)
    if "string" in wanted:
        return f"Did you mean {value_text(_written(value))}, in quotes?"
    return _in_list(value, wanted)


def measured(keyword: str, value: Any) -> str:
    """How many there are of what is too many or too few; which elements are the same."""
    for suffix, (thing, kind) in _COUNTED.items():
        if keyword in (f"min{suffix}", f"max{suffix}") and isinstance(value, kind):
            return f"It has {len(value)} {thing}{'' if len(value) == 1 else 's'}."
    return _same_elements(value) if keyword == "uniqueItems" and isinstance(value, list) else ""


def _same_elements(value: list[Any]) -> str:
    seen: dict[str, int] = {}
    for place, item in enumerate(value[:_LONGEST_LIST]):
        first = seen.setdefault(json.dumps(item, sort_keys=True, default=str), place)
        if first != place:
            return f"Elements {first} and {place} are the same."
    return ""


def _as_text(value: Any, limited: bool, on_top: bool) -> str:
    kind = "An object" if isinstance(value, dict) else "A list"
    if limited:
        return f"{kind} would travel as JSON text, which is not allowed here."
    try:
        json_inputs.encode(value)
    except ValueError as error:
        return f"{kind} travels as JSON text here, and this one can't: {error}. Write the text itself."
    return "" if on_top else "Did you mean its JSON text? jsonencode() makes it."


def _in_list(value: Any, wanted: list[str]) -> str:
    return f"Did you mean a list, [{value_text(value)}]?" if wanted == ["array"] else ""


def _written(value: Any) -> Any:
    """A number or truth value as text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value_text(value) if isinstance(value, int | float | Decimal) else None


def _unquoted(text: str) -> Any:
    """The number or truth value that a text is, as HCL would write it; else the text."""
    if text in ("true", "false"):
        return text == "true"
    if not text[:40].strip() or len(text) > 40 or text[-1] not in "0123456789":  # no "inf", no "nan"
        return text
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return int(number) if number == number.to_integral_value() and number.adjusted() < 40 else number


def _json_types(value: Any) -> set[str]:
    if isinstance(value, bool):
        return {"boolean"}
    return {"number", "integer"} if isinstance(value, int) else {"number"}
