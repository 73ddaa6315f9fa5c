"""The gRPC server of a plugin process."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Final

from provider.framework.server import garbage_collection
from provider.framework.server.handlers import Handlers
from provider.framework.server.lean_grpc import grpc
from provider.framework.server.listener import ListeningError

if TYPE_CHECKING:
    from provider.framework.protocol.servicer import Servicer
    from provider.framework.provider import Provider
    from provider.framework.server.listener import Endpoint
    from provider.framework.server.parent_process import Parent

_WORKERS: Final = 64
_NO_THREADS: Final = "The system does not let this process start a thread. Raise the limit of processes (ulimit -u)."
_PARENT_POLL_SECONDS: Final = 1.0
_SHUTDOWN_GRACE_SECONDS: Final = 1.0  # Terraform kills the process 2 s after Shutdown
_MOST_CALLS: Final = 2**31 - 1
# By default, gRPC cancels calls at random while more than 1,000 wait. Terraform starts as many as -parallelism allows.
_OPTIONS: Final = [
    ("grpc.max_receive_message_length", -1),
    ("grpc.max_send_message_length", -1),
    ("grpc.server.max_pending_requests", _MOST_CALLS),
    ("grpc.server.max_pending_requests_hard_limit", _MOST_CALLS),
]


class _Workers(ThreadPoolExecutor):
    """The threads of the calls. If the system allows no more threads, a call waits for one that exists."""

    def __init__(self) -> None:
        super().__init__(_WORKERS)
        self.submit(int)  # the first thread must exist before the first call

    def _adjust_thread_count(self) -> None:
        try:
            super()._adjust_thread_count()  # the call is in the queue already
        except RuntimeError:
            if not self._threads:
                raise


class Plugin:
    """A running server. ``shutdown`` ends it, and ``servicer`` has the result of ``load`` or its exception."""

    endpoint: Endpoint

    def __init__(self) -> None:
        self.shutdown = threading.Event()
        self.servicer: Future[Servicer] = Future()

    def load(self, load: Callable[[], Provider]) -> Provider:
        """Load the provider, resume garbage collection, and answer waiting calls. Raises the exception of ``load``."""
        try:
            servicer = load_servicer(load)
        except BaseException as error:  # the calls that wait must end, whatever failed
            self.servicer.set_exception(error)
            raise
        garbage_collection.resume()
        self.servicer.set_result(servicer)
        return servicer.provider

    def stop(self) -> None:
        """Set the provider's stop event, now or once the provider is loaded. Do nothing if loading fails."""
        self.servicer.add_done_callback(_stop)

    def wait_for_shutdown(self, parent: Parent) -> None:
        """Return after Shutdown. If the parent has ended, stop, and return once no call is in flight."""
        while not self.shutdown.wait(_PARENT_POLL_SECONDS):
            if parent.is_gone:
                self.stop()
                if self.servicer.result().in_flight == 0:
                    return


def load_servicer(load: Callable[[], Provider]) -> Servicer:
    """Load the provider and return its servicer.

    The messages are imported first, because then their libraries import less.
    """
    from provider.framework.protocol import messages  # noqa: F401
    from provider.framework.protocol.servicer import Servicer

    return Servicer(load())


def _start(server: grpc.Server) -> None:
    try:
        server.start()
    except RuntimeError as error:
        raise ListeningError(_NO_THREADS) from error


def _stop(servicer: Future[Servicer]) -> None:
    if servicer.exception() is None:
        servicer.result().provider.stop.set()


@contextmanager
def running(listen: Callable[[grpc.Server], AbstractContextManager[Endpoint]]) -> Iterator[Plugin]:
    """Run a server within the block. ``listen`` gives the server an address."""
    plugin = Plugin()
    try:
        server = grpc.server(_Workers(), [Handlers(plugin.servicer, plugin.shutdown)], options=_OPTIONS)
    except RuntimeError as error:
        raise ListeningError(_NO_THREADS) from error
    with listen(server) as plugin.endpoint:
        _start(server)
        try:
            yield plugin
        finally:
            server.stop(_SHUTDOWN_GRACE_SECONDS).wait()
