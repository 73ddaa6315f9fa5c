"""Filters in the form of their app, and in other forms."""

from typing import Any

import pytest

from provider.framework import Unknown
from provider.model.filter_shapes import FILTERS, mismatch
from scripts.lib.app_facts import apps, filters

APPS = [app for app in apps.load() if app.filter_shape]


@pytest.mark.parametrize(
    ("shape", "value", "what", "name"),
    [
        ("anchored", {"db": ["^a$"]}, "a name without anchors", "db"),
        ("anchored", {"^db$": ["^a$", "b"]}, "a name without anchors", "b"),
        ("anchored", '{"db": []}', "a name without anchors", "db"),
        ("anchored", {"^db$": {"^a$": {}}}, "an object", "^db$"),
        ("anchored", {"^db$": "^a$"}, "a text", "^a$"),
        ("anchored", {"^db$": [1]}, "another value", "^db$"),
        ("anchored", ["^db$"], "a list", None),
        ("anchored", "^db$", "a text", None),
        ("nested", {"^db$": {}}, "an anchored name", "^db$"),
        ("nested", '{"db": {"^a$": {}}}', "an anchored name", "^a$"),
        ("nested", {"db": ["a"]}, "a list", "db"),
        ("nested", {"db": {"a": {}, "b": ["c"]}}, "a list", "b"),
        ("nested", ["8f14e45f"], "a list", None),
        ("nested", "8f14e45f", "a text", None),
        ("lists", '{"db": ["a"]}', "JSON text", None),
        ("lists", {"^db$": ["a"]}, "an anchored name", "^db$"),
        ("lists", {"db": ["^a$"]}, "an anchored name", "^a$"),
        ("lists", {"db": {"a": {}}}, "an object", "db"),
        ("expression", {"db": []}, "an object", None),
        ("expression", '{"db": []}', "an object", None),
        ("expression", ["db"], "a list", None),
        ("expression", '["db"]', "a list", None),
    ],
)
def test_a_filter_of_another_form_is_found(shape: Any, value: Any, what: str, name: str | None) -> None:
    """The result names what was found, and the first name that shows it."""
    found = mismatch(shape, value)
    assert found is not None
    assert (what, name) == (found.found, found.name)


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        ("anchored", {"^db$": ["^a$", "^tmp_.*$"], r"^SALES$$": []}),
        ("anchored", {"^a.b$": ["^c|d$"]}),
        ("anchored", '{"^db$": ["^a$"]}'),
        ("anchored", {"^db$": {}}),
        ("anchored", {"db": [Unknown]}),
        ("nested", {"db": {"a": {}}, "8f14e45f": {}}),
        ("nested", '{"db": {"a": {}}}'),
        ("lists", {"db": ["a"], "b": []}),
        ("expression", "^orders_(a|b)$"),
        ("expression", "[0]"),
        ("expression", "[a-z]{3}"),
        ("as_given", {"^db$": "any"}),
        ("projects", {"71": ["401"]}),
        (None, {"^db$": []}),
        *((shape, empty) for shape in ("anchored", "nested", "lists", "expression") for empty in (None, {}, "", [])),
        *((shape, Unknown) for shape in ("anchored", "nested", "lists", "expression")),
        *((shape, empty) for shape in ("anchored", "nested", "lists", "expression") for empty in ("{}", "[]")),
    ],
)
def test_a_filter_of_the_form_that_is_empty_or_not_known_is_not(shape: Any, value: Any) -> None:
    """An expression between anchors may be meant so, with or without an escape."""
    assert mismatch(shape, value) is None


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.app_id)
@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("text", [False, True])
def test_the_filters_of_the_facts_have_the_form_of_their_app(app: Any, name: str, text: bool) -> None:
    """As an object and as JSON text, and with one name more."""
    value = filters.given(app, name, text=text)
    for each in (value, filters.another(app, value)):
        assert mismatch(app.filter_shape, filters.sent(each)) is None
