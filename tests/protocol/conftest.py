"""The toy provider: in this process through its servicer, or as a separate process."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from provider.framework import redaction, testing
from tests.support import plugin_client
from tests.support.gate import Gate, gate
from tests.support.plugin_client import Plugin
from tests.support.toy_provider import PLAIN, THING, ToyProvider

Launch = Callable[..., AbstractContextManager[Plugin]]


@pytest.fixture(autouse=True)
def _nothing_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the secrets of this test are redacted, not those of other tests in this process."""
    monkeypatch.setattr(redaction, "_registrations", set())


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
    """An empty home directory."""
    path = tmp_path / "home"
    path.mkdir()
    return path


@pytest.fixture
def launch(home: Path) -> Launch:
    """Launch the toy provider as Terraform does, with its own home directory."""

    def launch(*arguments: str, **options: object) -> AbstractContextManager[Plugin]:
        return plugin_client.launched(home, *arguments, **options)

    return launch


@pytest.fixture
def short_path() -> Iterator[Path]:
    """A directory with a path that is short enough for a socket. The paths of pytest are too long."""
    with tempfile.TemporaryDirectory(dir="/tmp") as directory:
        yield Path(directory)


@pytest.fixture
def closed_gate() -> Iterator[Gate]:
    with gate() as built:
        yield built
