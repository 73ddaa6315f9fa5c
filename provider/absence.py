"""Decide whether a workflow is gone after a 404 of one of its routes.

A 404 with the service's own code proves that the workflow is gone, with one exception: the service may answer 404 for
some seconds after a publish. A 404 with a message and no code proves nothing, because a gateway can answer so. In both
cases the list of workflows decides.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from provider.client.errors import AtlanError, NotFound, UnprovenNotFound

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.framework.polling import Stop

T = TypeVar("T")
_log = logging.getLogger(__name__)

FRESH_SECONDS: Final = 60.0
"""The time after a publish during which a 404 alone proves nothing."""

_LOOK_UP_SECONDS: Final = 30.0
# The first interval between two attempts, its growth, and the longest interval.
_FIRST_SECONDS: Final = 0.5
_GROWTH: Final = 1.5
_LONGEST_SECONDS: Final = 5.0


class _Publish(NamedTuple):
    """A publish by this configuration. ``is_found`` is True if a request has found the workflow since its create."""

    published_at: float
    is_found: bool


class Absence:
    """The proof that workflows are gone, and the publishes that this process knows. Safe for threads.

    ``clock`` returns epoch seconds, because the publish may be the work of an earlier process.
    """

    def __init__(self, api: Callable[[], AtlanApi], clock: Callable[[], float] = time.time) -> None:
        self._api = api
        self._clock = clock
        self._lock = threading.Lock()
        self._publishes: dict[str, _Publish] = {}

    def add_publish(self, slug: str, published_at: float, *, is_found: bool) -> None:
        """Record a publish, at ``published_at`` in epoch seconds.

        ``is_found`` is False if no request has found the workflow since its create.
        """
        with self._lock:
            self._publishes[slug] = _Publish(published_at, is_found)

    def clear(self) -> None:
        """Forget all publishes."""
        with self._lock:
            self._publishes.clear()

    @contextmanager
    def proven(self, slug: str, name: str | None = None) -> Iterator[None]:
        """Replace each NotFound of the block that proves nothing by UnprovenNotFound, and the reverse if it is proven.

        The block requests a route of the workflow. ``name`` is the workflow's name. Without it, all pages of the list
        are read.
        """
        try:
            yield
        except (NotFound, UnprovenNotFound) as error:
            raise self._judged(slug, name, error) from error
        self._set_found(slug)

    def until_found(
        self,
        slug: str,
        request: Callable[[], T],
        stop: Stop,
        *,
        name: str | None = None,
        seconds: float = FRESH_SECONDS,
    ) -> T:
        """Return the result of a request to a route of the workflow.

        After a 404 nothing was done. So while the workflow is fresh and not proven to be gone, send the request again,
        for at most ``seconds``. Raises NotFound, UnprovenNotFound and the other errors of ``request``.
        """
        deadline = self._clock() + seconds
        interval = _FIRST_SECONDS
        while True:
            try:
                with self.proven(slug, name):
                    return request()
            except UnprovenNotFound as error:
                left = min(self._fresh_seconds(slug), deadline - self._clock())
                if left <= 0 or stop.wait(min(interval, left)):
                    raise
                _log.info("%s is new and was not found yet: %s %s is sent again", slug, error.method, error.path)
            interval = min(interval * _GROWTH, _LONGEST_SECONDS)

    def _judged(self, slug: str, name: str | None, error: NotFound | UnprovenNotFound) -> NotFound | UnprovenNotFound:
        """Return the error that is right for what the list shows."""
        is_fresh, publish = self._fresh_seconds(slug) > 0, self._publishes.get(slug)
        if isinstance(error, NotFound) and not is_fresh:
            return error
        if is_fresh and publish is not None and not publish.is_found:
            return _unproven(error, f"but {slug} was published just now and may not be visible yet", exists=True)
        try:
            listed = {each.slug for each in self._api().with_timeout(_LOOK_UP_SECONDS).list_workflows(name)}
        except AtlanError:
            return _unproven(error, "and the list of workflows could not be read", exists=False)
        if slug in listed:
            return _unproven(error, f"but the list of workflows contains {slug}", exists=True)
        return error if isinstance(error, NotFound) else error.as_kind(NotFound, error.message)

    def _fresh_seconds(self, slug: str) -> float:
        """Return the seconds until a 404 alone is a proof again. Return 0 if it is one now."""
        publish = self._publishes.get(slug)
        age = FRESH_SECONDS if publish is None else abs(self._clock() - publish.published_at)
        return max(0.0, FRESH_SECONDS - age)

    def _set_found(self, slug: str) -> None:
        with self._lock:
            publish = self._publishes.get(slug)
            if publish is not None:
                self._publishes[slug] = publish._replace(is_found=True)


def _unproven(error: NotFound | UnprovenNotFound, evidence: str, *, exists: bool) -> UnprovenNotFound:
    result = error.as_kind(UnprovenNotFound, error.message)
    result.evidence, result.exists = evidence, exists
    return result
