"""Garbage collection while a plugin loads and afterwards."""

import gc
from collections.abc import Iterator

import pytest

from provider.framework.server import garbage_collection


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()
    gc.enable()


def test_collection_is_off_while_modules_load() -> None:
    """It is on again afterwards, rarer than before, and without the objects that exist by then."""
    before = gc.get_threshold()
    garbage_collection.pause()
    assert not gc.isenabled()
    garbage_collection.resume()
    assert gc.isenabled()
    assert gc.get_threshold()[0] > before[0]
    assert gc.get_freeze_count() > 0
