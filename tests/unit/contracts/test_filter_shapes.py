"""Filters in the form of their app, and in other forms."""

from typing import Any, get_args

import pytest

from provider.contracts.check import filter_findings
from provider.contracts.filter_shapes import FORMS
from provider.contracts.messages import InputFinding
from provider.framework import Unknown
from provider.model.inputs import FILTERS
from provider.model.known_apps import FilterShape
from scripts.lib.app_facts import apps, filters

APPS = [app for app in apps.load() if app.filter_shape]
ANCHORED, PLAIN = "a name between ^ and $", "a name that is not between ^ and $"
LIST, OBJECT, NOT_TEXT = "a list of names", "an object", "an object and not a text"
TEXT = "text"
EXPRESSION = "one regular expression and not an object or a list"
EXPRESSIONS = "regular expressions with commas between them and not an object or a list"
OBJECT_SHAPES: set[FilterShape] = {"anchored", "nested", "lists", "projects"}


def find(shape: Any, value: Any, write_only: Any = frozenset()) -> list[InputFinding]:
    encoded = frozenset({"include_filter"}) if isinstance(value, dict | list) else frozenset()
    return filter_findings("example-app", shape, {"include_filter": value}, write_only, encoded)


@pytest.mark.parametrize(
    ("shape", "value", "place", "needed"),
    [
        ("anchored", {"db": ["^a$"]}, "[key 1]", ANCHORED),
        ("anchored", {"^db$": ["^a$", "b"]}, "[key 1][1]", ANCHORED),
        ("anchored", {"^db$": ["^a"]}, "[key 1][0]", ANCHORED),
        ("anchored", '{"db": []}', "[key 1]", ANCHORED),
        ("anchored", {"0": []}, "[key 1]", ANCHORED),
        ("anchored", {"^db$": {"^a$": {}}}, "[key 1]", LIST),
        ("anchored", {"^db$": "^a$"}, "[key 1]", LIST),
        ("anchored", {"^db$": [1]}, "[key 1][0]", TEXT),
        ("anchored", {"^db$": ["^a$", None]}, "[key 1][1]", TEXT),
        ("anchored", {"^db$": [{}]}, "[key 1][0]", TEXT),
        ("anchored", {"^db$": [["^a$"]]}, "[key 1][0]", TEXT),
        ("anchored", '{"^db$": [NaN]}', "[key 1][0]", TEXT),
        ("anchored", {"^db$": None}, "[key 1]", LIST),
        ("anchored", {"^db$": {}}, "[key 1]", LIST),
        ("anchored", "null", "", OBJECT),
        ("nested", {"db": None}, "[key 1]", OBJECT),
        ("nested", {"db": {"a": None}}, "[key 1][key 1]", OBJECT),
        ("anchored", ["^db$"], "", OBJECT),
        ("anchored", "^db$", "", OBJECT),
        ("nested", {"^db$": {}}, "[key 1]", PLAIN),
        ("nested", {"^d\nb$": {}}, "[key 1]", PLAIN),
        ("nested", '{"db": {"^a$": {}}}', "[key 1][key 1]", PLAIN),
        ("nested", {"db": ["a"]}, "[key 1]", OBJECT),
        ("nested", {"db": {"a": {}, "b": ["c"]}}, "[key 1][key 2]", OBJECT),
        ("nested", ["8f14e45f"], "", OBJECT),
        ("nested", "8f14e45f", "", OBJECT),
        ("lists", '{"db": ["a"]}', "", NOT_TEXT),
        ("lists", "db", "", NOT_TEXT),
        ("lists", {"^db$": ["a"]}, "[key 1]", PLAIN),
        ("lists", {"db": ["^a$"]}, "[key 1][0]", PLAIN),
        ("lists", {"db": {"a": {}}}, "[key 1]", LIST),
        ("lists", {"db": {}}, "[key 1]", LIST),
        ("lists", {"db": None}, "[key 1]", LIST),
        ("lists", {"db": ["a", 5]}, "[key 1][1]", TEXT),
        ("lists", {"db": [None]}, "[key 1][0]", TEXT),
        ("projects", ["71"], "", OBJECT),
        ("projects", "71", "", OBJECT),
        ("projects", '["71"]', "", OBJECT),
        ("expression", {"db": []}, "", EXPRESSION),
        ("expression", '{"db": []}', "", EXPRESSION),
        ("expression", ["db"], "", EXPRESSION),
        ("expression", '["db"]', "", EXPRESSION),
        ("expression", 7, "", EXPRESSION),
        *(("expression", each, "", EXPRESSION) for each in ({}, [], "{}", "[]", [["db"]], '[["db"]]', [0], "[0, []]")),
        ("expressions", ["db"], "", EXPRESSIONS),
    ],
)
def test_a_filter_of_another_form_is_found(shape: Any, value: Any, place: str, needed: str) -> None:
    """The warning names one place that shows it, and what must be there."""
    (found,) = find(shape, value)
    assert f"inputs.include_filter{place} must be {needed}. The service" in found.detail


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        ("anchored", {"^db$": ["^a$", "^tmp_.*$"], r"^SALES$$": []}),
        ("anchored", {"^a.b$": ["^c|d$"], "^c\nd$": ["^\n$"]}),
        ("anchored", '{"^db$": ["^a$"]}'),
        ("anchored", {"db": [Unknown]}),
        ("nested", {"db": {"a": {}, "b": {}}, "8f14e45f": {}}),
        ("nested", '{"db": {"a": {}}}'),
        ("nested", {"db": [Unknown]}),
        ("lists", {"db": ["a"], "b": []}),
        ("expression", "^orders_(a|b)$"),
        ("expression", "[0]"),
        ("expression", "[[0]]"),
        ("expression", "[a-z]{3}"),
        ("as_given", {"^db$": "any"}),
        ("expressions", "sales_.*,[0]"),
        ("projects", {"71": ["401"], "^72$": None}),
        ("projects", '{"71": {}}'),
        *((shape, empty) for shape in ("anchored", "nested", "projects") for empty in ("{}", "[]")),
        (None, {"^db$": []}),
        *((shape, empty) for shape in sorted(OBJECT_SHAPES) for empty in (None, {}, [], "", Unknown)),
        *((shape, empty) for shape in sorted(FORMS.keys() - OBJECT_SHAPES) for empty in (None, "", Unknown)),
    ],
)
def test_a_filter_of_the_form_that_is_empty_or_not_known_is_not(shape: Any, value: Any) -> None:
    """An expression between anchors may be meant so, with or without an escape."""
    assert [] == find(shape, value)


def test_a_list_of_a_regular_expression_app_is_not_its_bracket_class() -> None:
    """Both are sent as the same text. Only the configuration says which one is meant."""
    inputs: Any = {"include_filter": "[0]"}
    found = [
        filter_findings("example-app", "expression", inputs, frozenset(), encoded)
        for encoded in (frozenset[str](), frozenset({"include_filter"}))
    ]
    assert [0, 1] == [len(each) for each in found]


def test_the_form_of_each_shape_is_known_but_one() -> None:
    """The facts do not say what the app reads in it."""
    assert set(get_args(FilterShape)) - {"as_given"} == set(FORMS)


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.app_id)
@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("text", [False, True])
def test_the_filters_of_the_facts_have_the_form_of_their_app(app: Any, name: str, text: bool) -> None:
    """As an object and as JSON text, and with one name more."""
    value = filters.given(app, name, text=text)
    for each in (value, filters.another(app, value)):
        assert [] == find(app.filter_shape, filters.sent(each))


DETAIL = (
    "The app reads plain names or ids in nested objects. inputs.exclude_filter[key 1] must be a name that is not "
    "between ^ and $. The service accepts this filter, and it matches nothing. Write exclude_filter = "
    'provider::atlan::nested_filter({ "catalog" = ["database"] }), or { "id" = {} } for ids. '
    "A key that the contract does not name can be sensitive, so its place in the alphabet is shown.\n"
    "Source: the vendor's SDK, release 11.6.0."
)


def test_the_warning_says_what_the_app_reads_and_what_to_write() -> None:
    """It is about the input, and names where the knowledge comes from."""
    inputs: Any = {"exclude_filter": {"^db$": {}}, "include_filter": {"db": {}}}
    (found,) = filter_findings("atlan-glue", "nested", inputs, frozenset())
    summary = "inputs.exclude_filter: atlan-glue reads filters in another form"
    assert (("exclude_filter",), summary, DETAIL, False) == found


def test_each_filter_has_its_own_warning() -> None:
    """One for the included and one for the excluded assets, however many names are wrong."""
    names: Any = {f"db{number}": ["a", "b"] for number in range(100)}
    inputs = {"exclude_filter": names, "include_filter": names}
    found = filter_findings("example-app", "anchored", inputs, frozenset())
    assert [("include_filter",), ("exclude_filter",)] == [each.path for each in found]


@pytest.mark.parametrize("value", [{"secret-db": []}, {"^db$": ["secret-db"]}, '{"secret-db": []}'])
def test_a_write_only_filter_is_not_shown(value: Any) -> None:
    """Neither its values nor its names. The path of a write-only value can be shorter or longer than the place."""
    for path in (("include_filter",), ("include_filter", "secret-db", "more")):
        (found,) = find("anchored", value, frozenset({path}))
        assert f"A part of inputs.include_filter must be {ANCHORED}." in found.detail
        assert "db" not in found.summary + found.detail.partition(" Write ")[0]


def test_a_filter_that_is_nested_too_deeply_is_not_compared() -> None:
    """The check raises no exception."""
    value: Any = {}
    for _ in range(5000):
        value = {"^db$": value}
    assert [] == find("nested", value)


@pytest.mark.parametrize("shape", ["anchored", "nested", "lists", "expression"])
@pytest.mark.parametrize("depth", [256, 400, 5000])
def test_a_filter_that_is_nested_too_deeply_raises_no_exception(shape: FilterShape, depth: int) -> None:
    """An object and a JSON text. At most its form is reported."""
    deep: Any = {}
    for _ in range(depth):
        deep = {"a": deep}
    for value in (deep, '{"a":' * depth + "{}" + "}" * depth):
        assert [] == [each for each in find(shape, value) if each.is_error]
