"""Imports that are put off until something uses them."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from provider.framework.lazy_imports import deferred


@pytest.fixture
def greeter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A module that is not imported yet."""
    (tmp_path / "greeter.py").write_text("GREETING = 'hello'\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield "greeter"
    sys.modules.pop("greeter", None)


def test_an_import_within_the_block_loads_at_the_first_look(greeter: str) -> None:
    """A module that is imported within the block is loaded with the first access to an attribute."""
    with deferred(greeter):
        held = __import__(greeter)
    assert greeter not in sys.modules
    assert held.GREETING == "hello"
    assert sys.modules[greeter].GREETING == "hello"


def test_a_look_within_the_block_loads_the_module(greeter: str) -> None:
    """A library that needs the module while it is imported gets it, and the module stays."""
    with deferred(greeter):
        assert __import__(greeter).GREETING == "hello"
        real = sys.modules[greeter]
    assert sys.modules[greeter] is real


def test_after_the_block_an_import_is_as_ever(greeter: str) -> None:
    """An import after the block is of the module itself."""
    with deferred(greeter):
        pass
    assert __import__(greeter).__file__.endswith("greeter.py")


def test_a_module_that_is_loaded_stays(greeter: str) -> None:
    """A module that was imported before the block is what the block sees."""
    real = __import__(greeter)
    with deferred(greeter):
        assert __import__(greeter) is real
    assert sys.modules[greeter] is real
