"""The server of a plugin: a provider that is loaded late, stopped early, or left alone."""

import threading
from typing import Any

import pytest

from provider.framework.server import garbage_collection
from provider.framework.server.grpc_server import Plugin
from tests.support.toy_provider import ToyProvider


class Parent:
    def __init__(self, *, is_gone: bool) -> None:
        self.is_gone = is_gone


@pytest.fixture(autouse=True)
def usual_garbage_collection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(garbage_collection, "resume", lambda: None)


def test_a_loaded_provider_answers() -> None:
    """Calls that wait for the servicer get it."""
    plugin, provider = Plugin(), ToyProvider()
    assert provider is plugin.load(lambda: provider)
    assert provider is plugin.servicer.result(0).provider


def test_a_provider_that_cannot_be_loaded_fails_every_call() -> None:
    """The error is raised, and the waiting calls get it too."""

    def load() -> Any:
        raise ImportError("missing")

    plugin = Plugin()
    with pytest.raises(ImportError, match="missing"):
        plugin.load(load)
    with pytest.raises(ImportError, match="missing"):
        plugin.servicer.result(0)
    plugin.stop()


def test_a_stop_before_the_provider_is_loaded_is_not_lost() -> None:
    """The stop event is set as soon as there is a provider."""
    plugin, provider = Plugin(), ToyProvider()
    plugin.stop()
    assert not provider.stop.is_set()
    plugin.load(lambda: provider)
    assert provider.stop.is_set()


def test_a_plugin_ends_after_shutdown() -> None:
    """Without waiting for the next look at the parent."""
    plugin = Plugin()
    plugin.shutdown.set()
    plugin.wait_for_shutdown(Parent(is_gone=False))  # type: ignore[arg-type]


def test_a_plugin_without_a_parent_ends_once_no_call_is_in_flight(monkeypatch: pytest.MonkeyPatch) -> None:
    """The provider is stopped, so that waits end, and the running call finishes first."""
    monkeypatch.setattr("provider.framework.server.grpc_server._PARENT_POLL_SECONDS", 0.01)
    plugin, provider = Plugin(), ToyProvider()
    plugin.load(lambda: provider)
    servicer = plugin.servicer.result(0)
    servicer.in_flight = 1
    waiting = threading.Thread(target=plugin.wait_for_shutdown, args=(Parent(is_gone=True),))
    waiting.start()
    assert provider.stop.wait(5)
    assert waiting.is_alive()
    servicer.in_flight = 0
    waiting.join(5)
    assert not waiting.is_alive()
