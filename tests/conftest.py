"""Fixtures that every suite may use."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.sandbox import Sandbox


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A sandbox of the test's own."""
    with Sandbox() as running:
        yield running


@pytest.fixture(scope="module")
def _module_sandbox() -> Iterator[Sandbox]:
    with Sandbox() as running:
        yield running


@pytest.fixture
def shared_sandbox(_module_sandbox: Sandbox) -> Sandbox:
    """The module's sandbox, emptied for this test."""
    _module_sandbox.reset()
    return _module_sandbox
