"""Diagnostics as messages that a terminal can show and that Terraform finds the line of."""

from typing import Any

import pytest

from provider.framework import Diagnostics, redaction
from provider.framework.protocol.diagnostics import (
    MAX_DETAIL_LENGTH,
    MAX_SUMMARY_LENGTH,
    printable,
    put_diagnostics,
    to_messages,
    to_path,
)
from provider.framework.redaction import register
from provider.framework.testing import METHODS


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain\ttext\nzoë 🎈", "plain\ttext\nzoë 🎈"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x00\x07\r\x7f\x9b", ""),
        ("lone \ud800", "lone ?"),
        (ValueError("told by an exception"), "told by an exception"),
        (None, "None"),
    ],
)
def test_text_is_shown_without_what_a_terminal_would_obey(text: Any, shown: str) -> None:
    """Control characters and lone surrogates go; tabs, line breaks and every other character stay."""
    assert shown == printable(text)


@pytest.fixture(autouse=True)
def _nothing_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """No secret of another test is redacted here, and none of these outlives its test."""
    monkeypatch.setattr(redaction, "_registrations", set())


@pytest.mark.parametrize(
    ("path", "steps"),
    [
        (["a"], [("attribute_name", "a")]),
        (["a", ("k",)], [("attribute_name", "a"), ("element_key_string", "k")]),
        (["a", "b"], [("attribute_name", "a"), ("element_key_string", "b")]),
        (["a", (0,), "b"], [("attribute_name", "a"), ("element_key_int", 0)]),
        (["a", ("k",), ("l",)], [("attribute_name", "a"), ("element_key_string", "k")]),
        ([], []),
        (None, []),
    ],
)
def test_a_path_is_as_much_as_terraform_resolves(path: Any, steps: list[tuple[str, Any]]) -> None:
    """A diagnostic points at an attribute and one key in it, a nested attribute's name counting as such a key."""
    (message,) = to_messages(Diagnostics().add_error("s", "d", path=path))
    found = [
        (step.WhichOneof("selector"), getattr(step, step.WhichOneof("selector"))) for step in message.attribute.steps
    ]
    assert steps == found


def test_a_path_of_a_replacement_is_whole() -> None:
    """Unlike the path of a diagnostic, a path that replaces is not cut."""
    assert ["a", 0, "b"] == [getattr(step, step.WhichOneof("selector")) for step in to_path(["a", (0,), "b"]).steps]


def test_severities_are_told_in_order() -> None:
    """Errors and warnings keep the order in which they were added."""
    messages = to_messages(Diagnostics().add_warning("w").add_error("e"))
    assert [("w", 2), ("e", 1)] == [(each.summary, each.severity) for each in messages]


def told(response: Any) -> list[str]:
    """Return the texts of an answer of any kind."""
    match response.DESCRIPTOR.full_name.split(".")[-2]:
        case "CallFunction":
            return [response.error.text] if response.error.text else []
        case "StopProvider":
            return [response.Error] if response.Error else []
    return [f"{each.summary}: {each.detail}" for each in response.diagnostics]


@pytest.mark.parametrize("method", METHODS)
def test_every_kind_of_answer_tells(method: str) -> None:
    """Whatever was called: as diagnostics, or as the one text of a function's call and of a stop."""
    response = METHODS[method].response()
    put_diagnostics(response, Diagnostics().add_error("it failed\x1b[2J", "do that"))
    assert ["it failed: do that"] == told(response)


@pytest.mark.parametrize("method", METHODS)
def test_an_answer_without_diagnostics_tells_nothing(method: str) -> None:
    """No field of any kind of answer is set if there is no diagnostic."""
    response = METHODS[method].response()
    put_diagnostics(response, Diagnostics())
    assert (b"", []) == (response.SerializeToString(), told(response))


@pytest.mark.parametrize("method", ["CallFunction", "StopProvider"])
def test_the_one_text_is_the_first(method: str) -> None:
    """An answer with one text field contains the first diagnostic."""
    response = METHODS[method].response()
    put_diagnostics(response, Diagnostics().add_error("first", "a").add_error("second", "b"))
    assert ["first: a"] == told(response)


@pytest.mark.parametrize("method", METHODS)
def test_no_response_shows_a_secret(method: str) -> None:
    """Diagnostics, the error of a function and the error of a stop pass the same exit."""
    response = METHODS[method].response()
    with register("hunter2"):
        put_diagnostics(response, Diagnostics().add_error("hunter2 is wrong", "not hun\x07ter2 nor hunter\u202e2"))
    assert ["*** is wrong: not *** nor ***"] == told(response)


@pytest.mark.parametrize("secret", ["hun\x07ter2", "hun\x1b[31mter2", "\u202ehunter2", "hunter2\x00"])
def test_a_secret_with_control_characters_inside_is_found(secret: str) -> None:
    """The secret is found with and without its control characters."""
    with register(secret):
        assert "not ***, not ***" == printable(f"not {secret}, not hunter2")


@pytest.mark.parametrize("shift", range(8))
def test_no_half_of_a_secret_is_left_where_a_text_is_cut(shift: int) -> None:
    """Secrets are redacted first, and no ``***`` is cut."""
    with register("hunter2"):
        shown = printable("x" * shift + "hunter2 " * 10_000 + "Request id 5")
    assert len(shown) <= MAX_DETAIL_LENGTH
    assert {"***", ""} >= set(shown.replace("x", "").replace("…", " ").split()) - {"Request", "id", "5"}
    assert shown.endswith("Request id 5")


def test_a_diagnostic_has_a_limited_length() -> None:
    """A service can send any amount of text."""
    (message,) = to_messages(Diagnostics().add_error("s" * 100_000, "d" * 100_000))
    assert (MAX_SUMMARY_LENGTH, MAX_DETAIL_LENGTH) == (len(message.summary), len(message.detail))


def test_a_path_ends_before_a_secret() -> None:
    """A service can name a secret as the location of an error."""
    with register("hunter2"):
        (message,) = to_messages(Diagnostics().add_error("s", "d", path=["inputs", ("hunter2",)]))
    assert ["inputs"] == [step.attribute_name for step in message.attribute.steps]


def test_a_secret_in_a_path_of_a_replacement_stays() -> None:
    """Terraform must find the path in the plan, and does not show it."""
    with register("hunter2"):
        assert ["a", "hunter2"] == [
            getattr(step, step.WhichOneof("selector")) for step in to_path(["a", ("hunter2",)]).steps
        ]
