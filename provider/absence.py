"""Decide whether a workflow is gone after a 404 of one of its routes.

The service may answer 404 for some seconds after a publish, and its list may be late. So in the first minute after a
create, only an archive by this process proves that the workflow is gone. In the first minute after an update, and after
a 404 with a message and no code, which a gateway can also send, the list of workflows decides. Any other 404 with the
service's own code is a proof.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from provider.client.errors import AtlanError, NotFound, UnprovenNotFound
from provider.framework.polling import intervals

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.framework.polling import Stop

T = TypeVar("T")
_log = logging.getLogger(__name__)

FRESH_SECONDS: Final = 60.0
"""The time after a publish during which a 404 alone proves nothing."""

_UNKNOWN_SECONDS: Final = 10.0
"""The time to wait for a workflow that the list contains, if it is not known when it was published."""

_LOOK_UP_SECONDS: Final = 30.0


class _Publish(NamedTuple):
    """The times of the last publish and of the create, if they are known, in epoch seconds."""

    published_at: float
    created_at: float | None


class Absence:
    """The proof that workflows are gone, and the publishes and archives that this process knows. Safe for threads.

    ``clock`` returns epoch seconds, because the publish may be the work of an earlier process.
    """

    def __init__(self, api: Callable[[], AtlanApi], clock: Callable[[], float] = time.time) -> None:
        self._api = api
        self._clock = clock
        self._lock = threading.Lock()
        self._publishes: dict[str, _Publish] = {}
        self._archived: set[str] = set()

    def add_publish(self, slug: str, published_at: float, created_at: float | None = None) -> None:
        """Record the last publish of a workflow and its create, in epoch seconds. None is a time that is not known."""
        with self._lock:
            self._publishes[slug] = _Publish(published_at, created_at)

    def add_archive(self, slug: str) -> None:
        """Record that this process has archived a workflow."""
        with self._lock:
            self._archived.add(slug)

    def clear(self) -> None:
        """Forget all publishes and archives."""
        with self._lock:
            self._publishes.clear()
            self._archived.clear()

    def is_fresh(self, slug: str) -> bool:
        """Return True if a 404 alone proves nothing now, because the workflow was published in the last minute."""
        return self._fresh_seconds(slug) > 0

    @contextmanager
    def proven(self, slug: str, name: str | None = None) -> Iterator[None]:
        """Replace each NotFound of the block that proves nothing by UnprovenNotFound, and the reverse if it is proven.

        The block requests a route of the workflow. ``name`` is the workflow's name. Without it, all pages of the list
        are read. A 404 with a code is trusted if the time of the publish is not known.
        """
        try:
            yield
        except (NotFound, UnprovenNotFound) as error:
            raise self._judged(slug, name, error, trusts_code=not self.is_fresh(slug)) from error

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
        for at most ``seconds``. If the time of the publish is not known, the list decides whether the workflow is gone,
        and the wait is short. Raises NotFound, UnprovenNotFound and the other errors of ``request``.
        """
        is_known = slug in self._publishes
        deadline = self._clock() + (seconds if is_known else min(seconds, _UNKNOWN_SECONDS))
        waits = intervals(first=0.5, longest=5.0)
        while True:
            try:
                return request()
            except (NotFound, UnprovenNotFound) as found:
                error = self._judged(slug, name, found, trusts_code=is_known and not self.is_fresh(slug))
                left = deadline - self._clock()
                left = min(left, self._fresh_seconds(slug)) if is_known else left
                if isinstance(error, NotFound) or left <= 0 or stop.wait(min(next(waits), left)):
                    raise error from found
            _log.info("%s may be new and was not found yet: %s %s is sent again", slug, error.method, error.path)

    def _judged(
        self, slug: str, name: str | None, error: NotFound | UnprovenNotFound, *, trusts_code: bool
    ) -> NotFound | UnprovenNotFound:
        """Return the error that is right for what is known. With ``trusts_code``, a NotFound is a proof."""
        if slug in self._archived:
            return _proven(error)
        if isinstance(error, NotFound) and trusts_code:
            return error
        publish = self._publishes.get(slug)
        if publish is not None and self._seconds_until_old(publish.created_at) > 0:
            return _unproven(error, f"but {slug} was created just now and may not be visible yet", exists=True)
        try:
            listed = {each.slug for each in self._api().with_timeout(_LOOK_UP_SECONDS).list_workflows(name)}
        except AtlanError:
            return _unproven(error, "and the list of workflows could not be read", exists=False)
        if slug in listed:
            return _unproven(error, f"but the list of workflows contains {slug}", exists=True)
        return _proven(error)

    def _fresh_seconds(self, slug: str) -> float:
        """Return the seconds until a 404 alone is a proof again. Return 0 if it is one now."""
        publish = self._publishes.get(slug)
        return 0.0 if publish is None else max(map(self._seconds_until_old, publish))

    def _seconds_until_old(self, moment: float | None) -> float:
        return 0.0 if moment is None else max(0.0, FRESH_SECONDS - abs(self._clock() - moment))


def _proven(error: NotFound | UnprovenNotFound) -> NotFound:
    return error if isinstance(error, NotFound) else error.as_kind(NotFound, error.message)


def _unproven(error: NotFound | UnprovenNotFound, evidence: str, *, exists: bool) -> UnprovenNotFound:
    result = error.as_kind(UnprovenNotFound, error.message)
    result.evidence, result.exists = evidence, exists
    return result
