"""Validators of values and of objects."""

import inspect
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from provider.framework import Unknown, validators


@pytest.mark.parametrize(
    ("validator", "value", "detail"),
    [
        (validators.one_of("a", "b"), "a", None),
        (validators.one_of("a", "b"), "c", 'Set it to one of "a", "b".'),
        (validators.one_of(1, 2), 3, "Set it to one of 1, 2."),
        (validators.matches(r"[a-z]+", "lowercase letters"), "abc", None),
        (validators.matches(r"[a-z]+", "lowercase letters"), "abc1", "Set it to lowercase letters."),
        (validators.matches(r"[a-z]+", "lowercase letters"), 5, "Set it to lowercase letters."),
        (validators.at_least(1), 1, None),
        (validators.at_least(1), Decimal("0.5"), "Set it to a number of 1 or more."),
        (validators.at_least(1), "text", "Set it to a number of 1 or more."),
        (validators.at_least(0), True, "Set it to a number of 0 or more."),
        (validators.at_most(5), 5.5, "Set it to a number of 5 or less."),
        (validators.between(1, 5), 3, None),
        (validators.between(1, 5), 6, "Set it to a number from 1 to 5."),
        (validators.between(1, 5, whole=True), 5, None),
        (validators.between(1, 5, whole=True), Decimal("5.0"), None),
        (validators.between(1, 5, whole=True), 1.5, "Set it to a whole number from 1 to 5."),
        (validators.between(1, 5, whole=True), Decimal("Infinity"), "Set it to a whole number from 1 to 5."),
        (validators.length(1), "a", None),
        (validators.length(1), "", "The number of characters in a.k is 0. It must be 1 or more."),
        (validators.length(most=1), ["a", "b"], "The number of elements in a.k is 2. It must be 1 or less."),
        (validators.length(1, 2), {"a": 1}, None),
        (validators.length(1, 2), {}, "The number of elements in a.k is 0. It must be 1 to 2."),
    ],
)
def test_a_value_passes_or_is_reported(validator: Any, value: Any, detail: str | None) -> None:
    """A wrong value yields one error on its path. The message does not contain the value."""
    found = list(validator(value, ["a", ("k",)]))
    expected = [] if detail is None else [("a.k is not valid", detail, ["a", ("k",)], True)]
    assert expected == [tuple(each) for each in found]


@pytest.mark.parametrize(("value", "expected"), [("", ["a.k is empty"]), ("a", []), (" ", []), (0, [])])
def test_an_empty_text_is_reported_with_the_advice(value: Any, expected: list[str]) -> None:
    """The summary names the attribute, and the detail is the advice."""
    found = [*validators.not_empty("Give it a value.")(value, ["a", ("k",)])]
    assert [(each, "Give it a value.", ["a", ("k",)]) for each in expected] == [tuple(each)[:3] for each in found]


@pytest.mark.parametrize(
    ("value", "paths"),
    [
        (["x", "y"], [["a", (0,)], ["a", (1,)]]),
        (["ok", None, Unknown], []),
        ({"k": "x", "l": "ok"}, [["a", ("k",)]]),
        ("text", []),
    ],
)
def test_each_reports_every_wrong_element(value: Any, paths: Any) -> None:
    """Elements of lists, sets and maps are reported by index or key. Null and unknown elements are skipped."""
    assert paths == [found.path for found in validators.each(validators.one_of("ok"))(value, ["a"])]


@pytest.mark.parametrize(
    ("validator", "config", "expected"),
    [
        (validators.exactly_one_of("a", "b"), {"a": 1, "b": None}, []),
        (validators.exactly_one_of("a", "b"), {"a": None, "b": None}, [("One of a, b is required", None)]),
        (validators.exactly_one_of("a", "b"), {"a": 1, "b": 2}, [("Only one of a, b can be set", ["b"])]),
        (validators.exactly_one_of("a", "b"), {"a": Unknown, "b": None}, []),
        (validators.exactly_one_of("a", "b"), {"a": Unknown, "b": 1}, []),
        (
            validators.exactly_one_of("a", "b", "c"),
            {"a": 1, "b": 1, "c": Unknown},
            [("Only one of a, b, c can be set", ["b"])],
        ),
        (validators.at_least_one_of("a", "b"), {"a": 1, "b": 2}, []),
        (validators.at_least_one_of("a", "b"), {}, [("One of a, b is required", None)]),
        (validators.at_most_one_of("a", "b"), {}, []),
        (validators.at_most_one_of("a", "b"), {"a": False, "b": False}, [("Only one of a, b can be set", ["b"])]),
        (validators.required_together("a", "b"), {"a": 1, "b": None}, [("a needs b", ["a"])]),
        (validators.required_together("a", "b"), {"a": 1, "b": Unknown}, []),
        (validators.required_together("a", "b"), {"a": Unknown, "b": None}, []),
        (validators.required_together("a", "b"), {"a": 1, "b": 2}, []),
        (validators.required_together("a", "b"), {}, []),
    ],
)
def test_an_object_passes_or_is_reported(validator: Any, config: Any, expected: Any) -> None:
    """A rule between attributes counts what is set. An unknown attribute may be set or null."""
    assert expected == [(found.summary, found.path) for found in validator(config, [])]


def test_the_advice_names_every_attribute_to_remove() -> None:
    """If two of three attributes are set, the user must remove both or set the third one."""
    (found,) = validators.required_together("a", "b", "c")({"a": 1, "b": 2, "c": None}, [])
    assert "Set c too, or remove a, b." == found.detail


def test_a_nested_object_is_reported_with_its_path() -> None:
    """The path of a finding starts with the path of the object."""
    (found,) = validators.exactly_one_of("a", "b")({"a": None, "b": None}, ["owner", (0,)])
    assert ["owner", (0,)] == found.path


def test_the_readme_describes_each_validator() -> None:
    """The page for authors has a line with each function of the module."""
    names = [
        name
        for name, each in vars(validators).items()
        if inspect.isfunction(each) and each.__module__ == validators.__name__ and not name.startswith("_")
    ]
    readme = Path(validators.__file__).with_name("README.md").read_text()
    assert "one_of" in names
    assert [] == [name for name in names if f"`{name}(" not in readme]
