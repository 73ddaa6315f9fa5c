"""Compare a filter with the form that its app reads.

Source: the typed builders of the vendor's SDK. The service accepts a filter of another form, and it matches nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from provider.framework import UnknownType, Value
from provider.model.json_inputs import as_json
from provider.model.known_apps import FilterShape
from provider.model.regular_expressions import is_anchored

FILTERS: Final = ("include_filter", "exclude_filter")
"""The inputs that contain a filter."""

_OBJECT: Final = "an object"
_LIST: Final = "a list"
_TEXT: Final = "a text"
_JSON_TEXT: Final = "JSON text"
_OTHER: Final = "another value"
_UNKNOWN: Final = "an unknown value"
_KINDS: Final[dict[type, str]] = {dict: _OBJECT, list: _LIST, str: _TEXT, UnknownType: _UNKNOWN}


class _Form(NamedTuple):
    """The form of a filter: a noun phrase, HCL that writes it, what each depth contains, and are names anchored.

    The last of ``kinds`` is for all greater depths, too. An ``anchored`` of None accepts all texts.
    """

    what: str
    example: str
    kinds: tuple[str, ...]
    anchored: bool | None


_FORMS: Final[dict[FilterShape, _Form]] = {
    "anchored": _Form(
        "an object of anchored regular expressions, each with a list of them",
        'provider::atlan::anchored_filter({ "database" = ["schema"] })',
        (_OBJECT, _LIST, _TEXT),
        anchored=True,
    ),
    "nested": _Form(
        "plain names or ids in nested objects",
        'provider::atlan::nested_filter({ "catalog" = ["database"] }), or { "id" = {} } for ids',
        (_OBJECT,),
        anchored=False,
    ),
    "lists": _Form(
        "an object of plain names, each with a list of them, and no JSON text",
        '{ "catalog" = ["schema"] }',
        (_OBJECT, _LIST, _TEXT),
        anchored=False,
    ),
    "expression": _Form("one regular expression as text", '"orders_.*"', (_TEXT,), anchored=None),
}


class Mismatch(NamedTuple):
    """A filter that its app cannot read.

    ``expected`` is the form that the app reads, and ``example`` is HCL that writes it. ``found`` is what the filter
    contains instead, at the name ``name``, or at the top if that is None.
    """

    expected: str
    example: str
    found: str
    name: str | None


class _Part(NamedTuple):
    """A key, or a value that is neither null nor an empty object.

    ``name`` is the key or the text itself. For an object or a list it is the key of that value.
    """

    kind: str
    depth: int
    name: str | None
    is_key: bool = False


def mismatch(shape: FilterShape | None, value: Value) -> Mismatch | None:
    """Return how a filter, in the form in which it is sent, differs from the form that the app reads.

    Return None if it does not differ, is empty or contains an Unknown value, and if the app's form is not known.
    """
    form = _FORMS.get(shape) if shape is not None else None
    opened = as_json(value)
    if form is None or not opened:
        return None
    parts = list(_parts(opened, 0, None))
    if any(part.kind == _UNKNOWN for part in parts):
        return None
    is_json_text = isinstance(value, str) and opened is not value
    if is_json_text and shape == "lists":
        return Mismatch(form.what, form.example, _JSON_TEXT, None)
    if is_json_text and shape == "expression" and {part.kind for part in parts} == {_LIST, _OTHER}:
        return None  # A regular expression such as [0] is JSON text, too.
    return next(filter(None, (_difference(form, part) for part in parts)), None)


def _difference(form: _Form, part: _Part) -> Mismatch | None:
    if not part.is_key and part.kind != form.kinds[min(part.depth, len(form.kinds) - 1)]:
        return Mismatch(form.what, form.example, part.kind, part.name if part.depth else None)
    if part.kind != _TEXT or form.anchored in (None, is_anchored(part.name or "")):
        return None
    found = "a name without anchors" if form.anchored else "an anchored name"
    return Mismatch(form.what, form.example, found, part.name)


def _parts(value: Value, depth: int, key: str | None) -> Iterator[_Part]:
    """Yield the keys and values of a filter. ``key`` is the key of the value, or None at the top."""
    if value is None or value == {}:
        return
    kind = _KINDS.get(type(value), _OTHER)
    yield _Part(kind, depth, value if isinstance(value, str) else key)
    if isinstance(value, dict):
        for name, each in value.items():
            yield _Part(_TEXT, depth, name, is_key=True)
            yield from _parts(each, depth + 1, name)
    for each in value if isinstance(value, list) else ():
        yield from _parts(each, depth + 1, key)
