"""The reports of a provider to its user: findings, and errors that end a call."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from provider.framework.values import Path

if TYPE_CHECKING:
    from tf.utils import Diagnostics


class Finding(NamedTuple):
    """One diagnostic: an error, or a warning if ``is_error`` is False.

    ``summary`` is one short line, ``detail`` says why and what to do, ``path`` names the attribute.
    """

    summary: str
    detail: str = ""
    path: Path | None = None
    is_error: bool = True


def warning(summary: str, detail: str = "", path: Path | None = None) -> Finding:
    """Return a finding that is a warning."""
    return Finding(summary, detail, path, is_error=False)


def add(diagnostics: Diagnostics, findings: Iterable[Finding]) -> None:
    """Add findings to tf's diagnostics."""
    for each in findings:
        add_one = diagnostics.add_error if each.is_error else diagnostics.add_warning
        add_one(each.summary, each.detail, path=each.path)  # type: ignore[no-untyped-call]  # tf has no types


class UserError(Exception):
    """An error that a user can correct. It ends the call and becomes one diagnostic."""

    def __init__(self, summary: str, detail: str = "", path: Path | None = None) -> None:
        super().__init__(summary)
        self.finding = Finding(summary, detail, path)

    @property
    def summary(self) -> str:
        """The first line of the diagnostic."""
        return self.finding.summary

    @property
    def detail(self) -> str:
        """The text below the first line of the diagnostic."""
        return self.finding.detail

    @property
    def path(self) -> Path | None:
        """The attribute that the diagnostic is about."""
        return self.finding.path

    @classmethod
    def of(cls, finding: Finding) -> UserError:
        """Return the error that reports a finding."""
        return cls(finding.summary, finding.detail, finding.path)


class TaintingError(UserError):
    """An error of a create whose object cannot be used. Terraform taints the object, and the next apply replaces it."""


class ArgumentError(Exception):
    """A function's argument is wrong. ``argument`` is its index, from 0.

    Terraform writes the parameter's name before the text, and a full stop after the text.
    """

    def __init__(self, argument: int, text: str) -> None:
        super().__init__(text)
        self.argument = argument
