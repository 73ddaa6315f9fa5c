"""Findings and errors."""

from provider.framework import ArgumentError, Diagnostics, Finding, TaintingError, UserError, warning
from provider.framework.diagnostics import add


def test_a_finding_is_an_error_unless_it_is_a_warning() -> None:
    """Both have a summary, a detail and a path."""
    assert Finding("s", "d", ["a"], is_error=True) == Finding("s", "d", ["a"])
    assert Finding("s", "d", ["a"], is_error=False) == warning("s", "d", ["a"])


def test_an_error_contains_its_finding() -> None:
    """The error's text is the summary, and its parts are those of the finding."""
    error = UserError("s", "d", ["a"])
    assert ("s", "s", "d", ["a"]) == (str(error), error.summary, error.detail, error.path)
    assert Finding("s", "d", ["a"]) == error.finding


def test_an_error_is_made_of_a_finding() -> None:
    """The class stays that of the caller."""
    error = TaintingError.of(Finding("s", "d", ["a"]))
    assert isinstance(error, TaintingError)
    assert Finding("s", "d", ["a"]) == error.finding


def test_an_argument_error_contains_the_index() -> None:
    """Terraform points at the argument with that index."""
    error = ArgumentError(2, "wrong")
    assert (2, "wrong") == (error.argument, str(error))


def test_findings_become_diagnostics_of_tf() -> None:
    """Severity, texts and path are those of the finding."""
    diagnostics = Diagnostics()
    add(diagnostics, [Finding("s", "d", ["a"]), warning("t")])
    found = [(each.severity, each.summary, each.detail, each.path) for each in diagnostics.diagnostics]
    assert [("error", "s", "d", ["a"]), ("warning", "t", "", None)] == found
