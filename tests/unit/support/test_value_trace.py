"""The trace of a value through the functions of a package."""

from pathlib import Path

import pytest

from tests.support import value_trace
from tests.support.value_trace import Trace, traced

MODULE = """
def receive(value):
    return [inner({"key": (value,)}), other(1)]

def inner(nested):
    return nested

def other(number):
    return [each for each in "abc"]

def made():
    return {"list": ["marker-1"]}

def encode(value):
    return str(value).encode()

def after(value):
    return value

def by_lambda(number):
    return (lambda value: value is None)("marker-1")

def enclosing():
    found = "marker-1"
    def inside():
        return len(found)
    return inside()

class Context:
    found = "marker-1"

def by_attribute(ctx):
    return len(ctx.found)
"""


@pytest.fixture
def functions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """The functions of a module of a client."""
    path = tmp_path / "client" / "module.py"
    monkeypatch.setattr(value_trace, "ROOT", tmp_path)
    found: dict[str, object] = {}
    exec(compile(MODULE, path, "exec"), found)
    return found


def trace(functions: dict[str, object], *calls: tuple[str, list[object]]) -> Trace:
    with traced("marker-1") as found:
        for name, arguments in calls:
            functions[name](*arguments)  # type: ignore[operator] - a function of the module
    return found


def test_a_function_counts_once_if_it_receives_or_returns_the_value(functions: dict[str, object]) -> None:
    """Inside other values too. A function that does neither does not count, nor does a comprehension."""
    found = trace(functions, ("receive", ["a marker-1"]), ("receive", ["a marker-1"]), ("made", []))
    assert {"client/module.py": ["receive", "inner", "made"]} == found.functions
    assert (3, 3, 0) == (found.count, found.count_in("client/"), found.count_in("model/"))


def test_a_lambda_counts_as_a_function(functions: dict[str, object]) -> None:
    """It counts under the name that Python gives it."""
    found = trace(functions, ("by_lambda", [1]))
    assert {"client/module.py": ["by_lambda.<locals>.<lambda>"]} == found.functions


def test_a_variable_of_an_enclosing_function_counts_as_received(functions: dict[str, object]) -> None:
    """The enclosing function itself neither receives nor returns the value."""
    found = trace(functions, ("enclosing", []))
    assert {"client/module.py": ["enclosing.<locals>.inside"]} == found.functions


def test_an_object_with_the_value_in_an_attribute_does_not_count(functions: dict[str, object]) -> None:
    """Otherwise each function that gets the context of a call would count."""
    assert {} == trace(functions, ("by_attribute", [functions["Context"]()])).functions  # type: ignore[operator] - a class


def test_a_trace_ends_with_the_bytes_of_the_body(functions: dict[str, object]) -> None:
    """Later calls are not on the path to the service."""
    found = trace(functions, ("encode", ["marker-1"]), ("after", ["marker-1"]))
    assert {"client/module.py": ["encode"]} == found.functions
