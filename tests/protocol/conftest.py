"""The toy provider as Terraform meets it: in this process by its servicer, or as a process of its own."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from provider.framework import testing
from tests.support import plugin_client
from tests.support.gate import Gate, gate
from tests.support.plugin_client import Plugin
from tests.support.toy_provider import PLAIN, THING, ToyProvider

Launch = Callable[..., AbstractContextManager[Plugin]]


@pytest.fixture
def toy() -> ToyProvider:
    return ToyProvider()


@pytest.fixture
def call(toy: ToyProvider) -> testing.Caller:
    return testing.in_process(toy)


@pytest.fixture
def thing(call: testing.Caller) -> testing.ResourceClient:
    return testing.ResourceClient(call, "toy_thing", THING)


@pytest.fixture
def plain(call: testing.Caller) -> testing.ResourceClient:
    return testing.ResourceClient(call, "toy_plain", PLAIN)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home directory that holds nothing."""
    path = tmp_path / "home"
    path.mkdir()
    return path


@pytest.fixture
def launch(home: Path) -> Launch:
    """Launches the toy provider as Terraform does, with a home of its own."""

    def launch(*arguments: str, **options: object) -> AbstractContextManager[Plugin]:
        return plugin_client.launched(home, *arguments, **options)

    return launch


@pytest.fixture
def short_path() -> Iterator[Path]:
    """A directory whose path is short enough for a socket, which pytest's own is not."""
    with tempfile.TemporaryDirectory(dir="/tmp") as directory:
        yield Path(directory)


@pytest.fixture
def closed_gate() -> Iterator[Gate]:
    with gate() as built:
        yield built
