"""Redact secrets in everything that a user or a log can show.

One registry serves the whole process and all its threads. The secrets of a call are registered while the call
runs, those of a connection while the connection exists. Only the exits redact: diagnostics and log lines.
Everything below them passes on raw text.

Identifiers, such as slugs and run ids, are registered too, because without them a message does not say what failed. An
identifier of a state stays readable, whatever is secret. The service chose it, and state shows it. An identifier of an
answer stays readable only if a secret is a part of it: an answer may repeat a secret in the place of an identifier.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeAlias

from provider.framework.plain_text import ELLIPSIS, clean

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from provider.framework.secret_patterns import Patterns
    from provider.framework.values import Json, Value

    Source: TypeAlias = Callable[[], Iterable[Value] | Iterable[Json]]

REDACTED: Final = "***"
"""The text in place of a secret."""

_LONGEST_HALF: Final = 60 * 1024
_BESIDE: Final = 8 * 1024

_lock: Final = threading.Lock()
_registrations: Final[set[Registration]] = set()
_thread: Final = threading.local()


class Registration:
    """Secrets and identifiers of one owner, such as a call. They are registered until ``release``.

    A secret that is registered twice is redacted until both registrations are released.
    """

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        with _lock:
            _registrations.add(self)

    def add(self, secrets: Source, identifiers: Source = tuple, answered: Source = tuple) -> None:
        """Add what three functions return. They are called at most once, and only if a text is redacted.

        ``identifiers`` are those of a state, ``answered`` those of an answer.
        """
        self.entries.append(Entry(secrets, identifiers, answered))

    def release(self) -> None:
        """Stop redacting these secrets. A second release does nothing."""
        with _lock:
            _registrations.discard(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.release()

    def __repr__(self) -> str:
        return f"Registration({REDACTED})"


class Entry:
    """Values that are computed once, and only if a text is redacted, because most calls have no text."""

    def __init__(self, secrets: Source, identifiers: Source, answered: Source) -> None:
        self.secrets = secrets
        self._identifiers = identifiers
        self._answered = answered

    @cached_property
    def patterns(self) -> Patterns | None:
        """The patterns of the secrets. None if there are none."""
        from provider.framework.secret_patterns import patterns_of

        patterns = patterns_of([*self.secrets()])
        return patterns if any(patterns) else None

    @cached_property
    def identifiers(self) -> frozenset[str]:
        """The texts that stay readable."""
        return _texts(self._identifiers())

    @cached_property
    def answered(self) -> frozenset[str]:
        """The texts that stay readable if a secret is a part of one."""
        return _texts(self._answered())


def set_current(registration: Registration | None) -> None:
    """Set the registration of the call that this thread answers, or None after the call."""
    _thread.registration = registration


def current_secrets() -> list[Source]:
    """Return the functions that return the secrets of the call that this thread answers."""
    registration = _current()
    return [] if registration is None else [entry.secrets for entry in registration.entries]


def add_secrets(*secrets: Source) -> None:
    """Add secrets until the end of the call that this thread answers. Do nothing outside a call."""
    registration = _current()
    if registration is not None:
        for each in secrets:
            registration.add(each)


def add_answered_identifiers(identifiers: Source) -> None:
    """Add identifiers of an answer until the end of the call that this thread answers. Do nothing outside a call."""
    registration = _current()
    if registration is not None:
        registration.add(tuple, answered=identifiers)


def _current() -> Registration | None:
    found: Registration | None = getattr(_thread, "registration", None)
    return found


def register(*secrets: Value) -> Registration:
    """Register secrets for all threads. Each is a text, a number, or a value whose leaves are all secret."""
    registration = Registration()
    registration.add(lambda: secrets)
    return registration


def register_identifiers(*identifiers: str) -> Registration:
    """Register texts that stay readable even if a secret equals a part of one."""
    registration = Registration()
    registration.add(tuple, lambda: identifiers)
    return registration


def shown(text: str) -> str:
    """Return a text as a user or a log may show it: cleaned, then redacted. The exits truncate it afterwards.

    The middle of a very long text is left out, because no exit shows all of it, and to decode it would take seconds.
    """
    text = clean(text)
    if len(text) <= 2 * _LONGEST_HALF:
        return redact(text)
    # The characters beside each half are searched, too, so that no half of a secret is left at the cut.
    first, last = text[: _LONGEST_HALF + _BESIDE], text[-_LONGEST_HALF - _BESIDE :]
    head = _with_redactions(first[:_LONGEST_HALF], _secret_characters(first)[:_LONGEST_HALF])
    tail = _with_redactions(last[_BESIDE:], _secret_characters(last)[_BESIDE:])
    return f"{head}{ELLIPSIS}{tail}"


def redact(text: str) -> str:
    """Return the text with every part of a registered secret replaced by ``REDACTED``, also an encoded one.

    A secret inside a registered identifier stays readable. A longer secret that contains an identifier is redacted.
    """
    return _with_redactions(text, _secret_characters(text))


def _secret_characters(text: str) -> bytearray:
    """Return 1 for each character of the text that is redacted, and 0 for the others."""
    with _lock:
        entries = [entry for registration in _registrations for entry in registration.entries]
    redacted = bytearray(len(text))
    found = [*_found(text, entries)]
    if found:
        readable, answered = _readable(text, entries), _answered(text, entries)
    for start, end in found:
        # a zero in this range is a character that belongs to no identifier
        is_readable = readable.find(0, start, end) < 0 or any(
            first <= start and end <= last and end - start < last - first for first, last in answered
        )
        if not is_readable:
            redacted[start:end] = b"\1" * (end - start)
    return redacted


def _found(text: str, entries: Iterable[Entry]) -> Iterator[tuple[int, int]]:
    """Yield start and end of each part of a secret in the text, as it is or encoded."""
    searched = [each.patterns for each in entries if each.patterns is not None]
    if not searched:
        return
    from provider.framework.secret_patterns import find
    from provider.framework.text_decoders import views

    for view in views(text):
        for patterns in searched:
            for start, end in find(patterns, view.text, has_words=not view.is_from_digits):
                yield view.origin(start, end)


def _readable(text: str, entries: Iterable[Entry]) -> bytearray:
    """Return 1 for each character of the text that belongs to an identifier, and 0 for the others."""
    from provider.framework.secret_patterns import find_word

    readable = bytearray(len(text))
    for identifier in {each for entry in entries for each in entry.identifiers}:
        for start, end in find_word(identifier, text):
            readable[start:end] = b"\1" * (end - start)
    return readable


def _answered(text: str, entries: Iterable[Entry]) -> list[tuple[int, int]]:
    """Return start and end of each identifier of an answer in the text."""
    from provider.framework.secret_patterns import find_word

    identifiers = {each for entry in entries for each in entry.answered}
    return [span for each in identifiers for span in find_word(each, text)]


def _texts(values: Iterable[Value] | Iterable[Json]) -> frozenset[str]:
    return frozenset(value for value in values if isinstance(value, str) and value)


def _with_redactions(text: str, redacted: bytearray) -> str:
    parts, position = [], 0
    while (start := redacted.find(1, position)) >= 0:
        end = redacted.find(0, start)
        end = len(text) if end < 0 else end
        parts += [text[position:start], REDACTED]
        position = end
    return "".join([*parts, text[position:]])
