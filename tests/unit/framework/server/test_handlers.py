"""The handler that answers a call."""

import threading
from concurrent.futures import Future
from types import SimpleNamespace
from typing import Any

import grpc
import pytest

from provider.framework.protocol.servicer import Servicer
from provider.framework.server.handlers import Handlers
from provider.framework.testing import METHODS
from tests.support.toy_provider import ToyProvider


class AbortedError(Exception):
    """The exception that gRPC raises in ``abort``."""


class Context:
    def abort(self, code: Any, text: str) -> None:
        raise AbortedError(code, text)


@pytest.fixture
def shutdown() -> threading.Event:
    return threading.Event()


@pytest.fixture
def handlers(shutdown: threading.Event) -> Handlers:
    servicer: Future[Servicer] = Future()
    servicer.set_result(Servicer(ToyProvider()))
    return Handlers(servicer, shutdown)


def find(handlers: Handlers, method: str) -> Any:
    return handlers.service(SimpleNamespace(method=method))  # type: ignore[arg-type]


def test_a_call_of_the_provider_is_answered_by_the_servicer(handlers: Handlers) -> None:
    """Requests and responses are bytes."""
    method = METHODS["GetMetadata"]
    answer = find(handlers, "/tfplugin6.Provider/GetMetadata").unary_unary(b"", Context())
    assert ["toy_plain", "toy_thing"] == [each.type_name for each in method.response.FromString(answer).resources]


def test_a_method_that_the_protocol_does_not_have_is_unimplemented(handlers: Handlers) -> None:
    """Later versions of the protocol have more methods."""
    with pytest.raises(AbortedError) as raised:
        find(handlers, "/tfplugin6.Provider/Later").unary_unary(b"", Context())
    assert (grpc.StatusCode.UNIMPLEMENTED, "This provider has no Later.") == raised.value.args


def test_shutdown_sets_the_event(handlers: Handlers, shutdown: threading.Event) -> None:
    """The answer is an empty message."""
    assert b"" == find(handlers, "/plugin.GRPCController/Shutdown").unary_unary(b"", Context())
    assert shutdown.is_set()


@pytest.mark.parametrize("method", ["/tfplugin6.Provider/StopProvider", "/plugin.GRPCController/Shutdown"])
def test_urgent_calls_have_a_worker_of_their_own(handlers: Handlers, method: str) -> None:
    """They never wait behind calls in flight."""
    pool = find(handlers, method).unary_unary.experimental_thread_pool
    assert pool is not None
    assert not hasattr(find(handlers, "/tfplugin6.Provider/ReadResource").unary_unary, "experimental_thread_pool")


def test_the_stream_of_output_is_empty(handlers: Handlers) -> None:
    """Logs go to stderr."""
    assert [] == [*find(handlers, "/plugin.GRPCStdio/StreamStdio").unary_stream(b"", Context())]


def test_another_service_has_no_handler(handlers: Handlers) -> None:
    """gRPC answers such a call itself."""
    assert find(handlers, "/another.Service/Method") is None
