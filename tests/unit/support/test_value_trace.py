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


def test_a_trace_ends_with_the_bytes_of_the_body(functions: dict[str, object]) -> None:
    """Later calls are not on the path to the service."""
    found = trace(functions, ("encode", ["marker-1"]), ("after", ["marker-1"]))
    assert {"client/module.py": ["encode"]} == found.functions
