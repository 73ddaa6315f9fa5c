"""The registry of secrets: what is redacted, for how long, and what stays readable."""

import threading
from functools import partial

import pytest

from provider.framework import STRING, Attribute, Schema, redaction
from provider.framework.redaction import REDACTED, redact, register, register_identifiers

SCHEMA = Schema(
    [
        Attribute("password_wo", STRING, optional=True, write_only=True, description="A secret."),
        Attribute("slug", STRING, computed=True, identifier=True, description="An identifier."),
    ],
    description="A thing.",
)


@pytest.fixture(autouse=True)
def _nothing_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """No secret of another test is redacted here, and none of these outlives its test."""
    monkeypatch.setattr(redaction, "_registrations", set())


def test_a_secret_is_redacted_while_it_is_registered() -> None:
    """Before and after, the same text is unchanged."""
    assert "no hunter2" == redact("no hunter2")
    registration = register("hunter2")
    assert "no ***" == redact("no hunter2")
    registration.release()
    registration.release()
    assert "no hunter2" == redact("no hunter2")


def test_a_secret_with_two_registrations_is_redacted_until_both_end() -> None:
    """Two calls with the same password do not release it for each other."""
    with register("hunter2"):
        with register("hunter2"):
            pass
        assert REDACTED == redact("hunter2")
    assert "hunter2" == redact("hunter2")


def test_a_secret_is_redacted_in_every_thread() -> None:
    """A thread that a call starts, such as one that waits for a run, knows the secrets of the call."""
    found = []
    with register("hunter2"):
        thread = threading.Thread(target=lambda: found.append(redact("no hunter2")))
        thread.start()
        thread.join()
    assert ["no ***"] == found


def test_a_secret_that_another_registration_contains_is_redacted_whole() -> None:
    """Secrets that contain or overlap one another leave nothing of either."""
    with register("key"), register("key-and-more"), register("ey-and"), register("more-to-come"):
        assert "*** ***!" == redact("key-and-more-to-come key!")


def test_an_empty_secret_redacts_nothing() -> None:
    """A setting that is empty leaves all text unchanged."""
    with register("", None):
        assert "text" == redact("text")


@pytest.mark.parametrize(
    ("secret", "text", "shown"),
    [
        ("prod-AbC123", "prod-AbC123 is gone", "prod-AbC123 is gone"),
        ("prod", "GET /app/prod-AbC123: bad prod", "GET /app/prod-AbC123: bad ***"),
        ("abc", "abc of prod-abc-1", "*** of prod-abc-1"),
        ("my-prod-AbC123-key", "my-prod-AbC123-key", "***"),
        ("AbC123/x", "prod-AbC123/x", "prod-***"),
        ("prod-AbC123", "xprod-AbC123", "x***"),
    ],
)
def test_an_identifier_stays_readable(secret: str, text: str, shown: str) -> None:
    """A secret that equals an identifier or a part of one stays inside it, and is redacted everywhere else."""
    with register(secret), register_identifiers("prod-AbC123", "prod-abc-1"):
        assert shown == redact(text)


def test_a_registration_takes_what_a_schema_declares() -> None:
    """The secrets of a configuration and the identifiers of a state count until the release."""
    with redaction.Registration() as registration:
        values = {"password_wo": "hunter2", "slug": "prod-hunter2"}
        registration.add(partial(SCHEMA.secrets_in, values), partial(SCHEMA.identifiers_in, values))
        assert "*** of prod-hunter2" == redact("hunter2 of prod-hunter2")
    assert "hunter2" == redact("hunter2")


def test_no_forms_are_computed_before_a_text_passes() -> None:
    """A call without diagnostics costs nothing."""
    asked = []
    with redaction.Registration() as registration:
        registration.add(lambda: asked.append(1) or ["hunter2"])  # type: ignore[func-returns-value]
        assert [] == asked
        assert ["***", "***"] == [redact("hunter2"), redact("hunter2")]
        assert [1] == asked


def test_no_repr_shows_a_secret() -> None:
    """Nor does the object that contains them."""
    assert "Registration(***)" == repr(register("hunter2"))
