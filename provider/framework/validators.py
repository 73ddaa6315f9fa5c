"""Validators: rules for configured values. Pass them to an ``Attribute``, or to a ``Schema`` or ``Nested``.

A validator is called with a value and the value's path, and yields findings. The servicer runs all validators
of a schema before ``check_config``. A validator is not called for a null or unknown value, but a
list or an object can contain such values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Protocol

from provider.framework.diagnostics import Finding
from provider.framework.paths import dotted
from provider.framework.values import Path, Unknown, Value


class Validator(Protocol):
    """A rule for one value. ``Schema`` and ``Nested`` call it with an object's attributes by name."""

    def __call__(self, value: Value, path: Path) -> Iterable[Finding]:
        """Yield findings about a value that is neither null nor unknown."""


# Rules for the value of an attribute


class OneOf:
    """Require one of the allowed values."""

    def __init__(self, allowed: Sequence[Value]) -> None:
        self.allowed = allowed

    def __call__(self, value: Value, path: Path) -> Iterator[Finding]:
        if value not in self.allowed:
            names = ", ".join(f'"{each}"' if isinstance(each, str) else str(each) for each in self.allowed)
            yield _wrong(path, f"Set it to one of {names}.")


class Matches:
    """Require a text that matches a regular expression."""

    def __init__(self, pattern: str, meaning: str) -> None:
        self.pattern, self.meaning = pattern, meaning

    def __call__(self, value: Value, path: Path) -> Iterator[Finding]:
        if not isinstance(value, str) or re.fullmatch(self.pattern, value) is None:
            yield _wrong(path, f"Set it to {self.meaning}.")


class NotEmpty:
    """Require a text that is not empty."""

    def __init__(self, advice: str) -> None:
        self.advice = advice

    def __call__(self, value: Value, path: Path) -> Iterator[Finding]:
        if value == "":
            yield Finding(f"{dotted(path)} is empty", self.advice, path)


class Between:
    """Require a number within bounds, which may be None. If ``whole`` is True, require a whole number."""

    def __init__(self, least: float | None, most: float | None, *, whole: bool = False) -> None:
        self.least, self.most, self.whole = least, most, whole

    def __call__(self, value: Value, path: Path) -> Iterator[Finding]:
        if not self._accepts(value):
            kind = "whole number" if self.whole else "number"
            preposition = "of" if self.least is None or self.most is None else "from"
            yield _wrong(path, f"Set it to a {kind} {preposition} {_range(self.least, self.most)}.")

    def _accepts(self, value: Value) -> bool:
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            return False
        return _within(value, self.least, self.most) and (not self.whole or value == int(value))


class Length:
    """Require a number of characters or elements within bounds, which may be None."""

    def __init__(self, least: int | None, most: int | None) -> None:
        self.least, self.most = least, most

    def __call__(self, value: Value, path: Path) -> Iterator[Finding]:
        if isinstance(value, str | list | dict) and not _within(len(value), self.least, self.most):
            unit = "characters" if isinstance(value, str) else "elements"
            allowed = _range(self.least, self.most)
            yield _wrong(path, f"The number of {unit} in {dotted(path)} is {len(value)}. It must be {allowed}.")


class Each:
    """Require that every element of a list, set or map passes other validators."""

    def __init__(self, validators: Sequence[Validator]) -> None:
        self.validators = validators

    def __call__(self, value: Value, path: Path) -> Iterator[Finding]:
        items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, item in items:
            if item is not None and item is not Unknown:
                for validator in self.validators:
                    yield from validator(item, [*path, (key,)])


def one_of(*allowed: Value) -> OneOf:
    """Accept only these values."""
    return OneOf(allowed)


def matches(pattern: str, meaning: str) -> Matches:
    """Accept only a text that the regular expression matches as a whole. ``meaning`` describes the text to a user."""
    return Matches(pattern, meaning)


def not_empty(advice: str) -> NotEmpty:
    """Accept any text except an empty one. ``advice`` says to a user what to do."""
    return NotEmpty(advice)


def at_least(least: float) -> Between:
    """Accept only a number that is not below the bound."""
    return Between(least, None)


def at_most(most: float) -> Between:
    """Accept only a number that is not above the bound."""
    return Between(None, most)


def between(least: float, most: float, *, whole: bool = False) -> Between:
    """Accept only a number within the bounds. If ``whole`` is True, accept only a whole number."""
    return Between(least, most, whole=whole)


def length(least: int | None = None, most: int | None = None) -> Length:
    """Accept only a number of characters or elements within the bounds."""
    return Length(least, most)


def each(*validators: Validator) -> Each:
    """Apply validators to every element of a list, set or map."""
    return Each(validators)


# Rules for the attributes of an object


class AttributeCount:
    """Require a number of configured attributes within bounds. An unknown attribute counts only for the lower bound."""

    def __init__(self, names: Sequence[str], least: int, most: int) -> None:
        self.names, self.least, self.most = names, least, most

    def __call__(self, value: Value, path: Path) -> Iterator[Finding]:
        values = [value.get(name) for name in self.names] if isinstance(value, dict) else []
        unknown = sum(each is Unknown for each in values)
        known = sum(each is not None for each in values) - unknown
        names = ", ".join(self.names)
        if known > self.most:
            configured = [name for name, each in zip(self.names, values, strict=True) if each not in (None, Unknown)]
            yield Finding(
                f"Only one of {names} can be set",
                f"Remove all but one of {', '.join(configured)}.",
                _at(path, configured[-1]),
            )
        elif known + unknown < self.least and isinstance(value, dict):
            yield Finding(f"One of {names} is required", f"None of {names} is set. Set one of them.", _at(path))


class Together:
    """Require all of some attributes, or none of them."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names

    def __call__(self, value: Value, path: Path) -> Iterator[Finding]:
        values = {name: value.get(name) for name in self.names} if isinstance(value, dict) else {}
        configured = [name for name, each in values.items() if each is not None and each is not Unknown]
        missing = [name for name, each in values.items() if each is None]
        if configured and missing:
            names = ", ".join(missing)
            advice = f"Set {names} too, or remove {', '.join(configured)}."
            yield Finding(f"{configured[0]} needs {names}", advice, _at(path, configured[0]))


def exactly_one_of(*names: str) -> AttributeCount:
    """Accept an object only if exactly one of these attributes is set."""
    return AttributeCount(names, 1, 1)


def at_least_one_of(*names: str) -> AttributeCount:
    """Accept an object only if one or more of these attributes are set."""
    return AttributeCount(names, 1, len(names))


def at_most_one_of(*names: str) -> AttributeCount:
    """Accept an object only if at most one of these attributes is set."""
    return AttributeCount(names, 0, 1)


def required_together(*names: str) -> Together:
    """Accept an object only if all of these attributes are set, or none."""
    return Together(names)


def _wrong(path: Path, detail: str) -> Finding:
    return Finding(f"{dotted(path)} is not valid", detail, path)


def _at(path: Path, *steps: str) -> Path | None:
    """Return the path of an object's attribute, or None for the root."""
    return [*path, *steps] or None


def _within(number: float | Decimal, least: float | None, most: float | None) -> bool:
    return (least is None or number >= least) and (most is None or number <= most)


def _range(least: float | None, most: float | None) -> str:
    if least is not None and most is not None:
        return f"{least} to {most}"
    return f"{least} or more" if most is None else f"{most} or less"
