"""Compare a filter with the form that its app reads.

Source: the typed builders of the vendor's SDK. The service accepts a filter of another form, and it matches nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

from provider.framework import Value, is_known
from provider.model.json_inputs import as_json
from provider.model.known_apps import FilterShape
from provider.model.regular_expressions import is_anchored

FILTERS: Final = ("include_filter", "exclude_filter")
"""The inputs that contain a filter."""


class Found(NamedTuple):
    """What a filter contains and should not: a noun phrase, and the name in the filter that shows it, or None."""

    what: str
    name: str | None = None


class _Form(NamedTuple):
    """A form of filters: a noun phrase, an expression that writes it, and the check of a value that is not empty."""

    what: str
    example: str
    check: Callable[[Value], Found | None]


class Mismatch(NamedTuple):
    """A filter that its app cannot read: the form that the app reads, what was found, and HCL that writes the form."""

    expected: str
    found: Found
    example: str


def mismatch(shape: FilterShape | None, value: Value) -> Mismatch | None:
    """Return how a filter, in the form in which it is sent, differs from the form that the app reads.

    Return None if it does not differ, is empty or contains an Unknown value, and if the app's form is not known.
    """
    form = _FORMS.get(shape) if shape is not None else None
    if form is None or not is_known(value) or not as_json(value):
        return None
    found = form.check(value)
    return None if found is None else Mismatch(form.what, found, form.example)


def _in_anchored(value: Value) -> Found | None:
    """Check ``{"^db$": ["^schema$"]}``, an object or JSON text."""
    value = as_json(value)
    return _not_an_object(value) or _nested(value) or _first("a name without anchors", value, anchored=False)


def _in_nested(value: Value) -> Found | None:
    """Check ``{"db": {"schema": {}}}``, an object or JSON text."""
    value = as_json(value)
    return _not_an_object(value) or _first("an anchored name", value, anchored=True) or _with_list(value)


def _in_lists(value: Value) -> Found | None:
    """Check ``{"catalog": ["schema"]}``, an object."""
    return _not_an_object(value) or _nested(value) or _first("an anchored name", value, anchored=True)


def _in_expression(value: Value) -> Found | None:
    """Check a regular expression. A text such as ``[0]`` is JSON text, too."""
    value = as_json(value)
    is_list = isinstance(value, list) and all(isinstance(each, str) for each in value)
    return _not_text(value) if is_list or isinstance(value, dict) else None


def _not_an_object(value: Value) -> Found | None:
    if isinstance(value, dict):
        return None
    if isinstance(value, str):
        return Found("JSON text" if as_json(value) is not value else "a text")
    return _not_text(value)


def _not_text(value: Value) -> Found:
    return Found("an object" if isinstance(value, dict) else "a list" if isinstance(value, list) else "another value")


def _nested(value: Value) -> Found | None:
    return _first_key("an object in an object", value, lambda inner: isinstance(inner, dict) and bool(inner))


def _with_list(value: Value) -> Found | None:
    if not isinstance(value, dict):
        return None
    return _first_key("a list", value, lambda inner: isinstance(inner, list)) or next(
        filter(None, map(_with_list, value.values())), None
    )


def _first_key(what: str, value: Value, holds: Callable[[Value], bool]) -> Found | None:
    items = value.items() if isinstance(value, dict) else ()
    return next((Found(what, key) for key, inner in items if holds(inner)), None)


def _first(what: str, value: Value, *, anchored: bool) -> Found | None:
    return next((Found(what, name) for name in _names(value) if is_anchored(name) is anchored), None)


def _names(value: Value) -> Iterator[str]:
    """Yield the keys and the texts in a filter, at every depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value
    inner: Iterable[Value] = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inner:
        yield from _names(each)


_FORMS: Final[dict[FilterShape, _Form]] = {
    "anchored": _Form(
        "an object of anchored regular expressions, each with a list of them",
        'provider::atlan::anchored_filter({ "database" = ["schema"] })',
        _in_anchored,
    ),
    "nested": _Form(
        "plain names or ids in nested objects",
        'provider::atlan::nested_filter({ "catalog" = ["database"] }), or { "id" = {} } for ids',
        _in_nested,
    ),
    "lists": _Form(
        "an object of plain names, each with a list of them, and no JSON text",
        '{ "catalog" = ["schema"] }',
        _in_lists,
    ),
    "expression": _Form("one regular expression as text", '"orders_.*"', _in_expression),
}
