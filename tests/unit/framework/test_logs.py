"""Log lines as Terraform reads them."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from provider.framework import logs, redaction


@pytest.fixture(autouse=True)
def _as_it_was(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No secret, level or handler of a test outlives it."""
    root, own = logging.getLogger(), logging.getLogger("provider")
    level, own_level, handlers = root.level, own.level, root.handlers[:]
    root.handlers = []
    monkeypatch.setattr(redaction, "_registrations", set())
    yield
    root.handlers = handlers
    root.setLevel(level)
    own.setLevel(own_level)


def lines(capsys: pytest.CaptureFixture[str], text: Any, *arguments: Any) -> list[str]:
    logs.start()
    logging.getLogger("room").error(text, *arguments)
    return capsys.readouterr().err.splitlines()


def test_a_line_is_one_json_object_with_the_four_keys(capsys: pytest.CaptureFixture[str]) -> None:
    """Level, message, module and a time with microseconds in UTC are in each line."""
    (line,) = lines(capsys, "a\nb %s", 1)
    told = json.loads(line)
    assert ("error", "a\nb 1", "room") == (told["@level"], told["@message"], told["@module"])
    assert len("2006-01-02T15:04:05.000000Z") == len(told["@timestamp"])
    assert told["@timestamp"].endswith("Z")


@pytest.mark.parametrize("text", [{"not": "a string"}, 5, None])
def test_the_message_is_always_a_string(capsys: pytest.CaptureFixture[str], text: Any) -> None:
    """Anything else in that place would crash Terraform."""
    (line,) = lines(capsys, text)
    assert str(text) == json.loads(line)["@message"]


@pytest.mark.parametrize("character", ["a", '"', "\n", "é", "🎈", "\x00é"])
def test_a_line_is_bounded_whatever_it_holds(capsys: pytest.CaptureFixture[str], character: str) -> None:
    """A line has less than 64 KB, also with characters that JSON writes in up to twelve bytes, and more than 50 KB."""
    (line,) = lines(capsys, character * 200_000)
    assert 50_000 < len(line.encode()) < 64 * 1024
    assert {character[-1]} == set(json.loads(line)["@message"])


@pytest.mark.parametrize("secret", ["s3cret", 'a"b\\c', "two\nlines", "zoë"])
def test_a_registered_secret_is_redacted_in_every_form(capsys: pytest.CaptureFixture[str], secret: str) -> None:
    """A secret is redacted as it is, in JSON, and as Python shows it."""
    redaction.register(secret)
    (line,) = lines(capsys, "%s %s %s %r", secret, json.dumps(secret), json.dumps(secret, ensure_ascii=False), secret)
    told = json.loads(line)["@message"]
    assert told.count(redaction.REDACTED) == 4
    assert [] == [part for part in (secret, json.dumps(secret)[1:-1], repr(secret)[1:-1]) if part in told]


def test_a_secret_that_contains_another_is_redacted_whole(capsys: pytest.CaptureFixture[str]) -> None:
    """The longest is redacted first, so that nothing of it is left."""
    for secret in ("key", "key-and-more", "ey-and"):
        redaction.register(secret)
    (line,) = lines(capsys, "key-and-more key")
    assert "*** ***" == json.loads(line)["@message"]


def test_an_empty_secret_redacts_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """A setting that is empty leaves all text unchanged."""
    redaction.register("")
    (line,) = lines(capsys, "text")
    assert "text" == json.loads(line)["@message"]


def test_a_secret_is_redacted_before_a_line_is_cut(capsys: pytest.CaptureFixture[str]) -> None:
    """No part of a secret is left where a long message ends."""
    redaction.register("s3cret")
    fits = 60_000 - len('""')  # the message as JSON
    (line,) = lines(capsys, "x" * (fits - 3) + "s3cret")
    assert "x" * (fits - 3) + "***" == json.loads(line)["@message"]


def test_a_log_line_contains_no_control_characters(capsys: pytest.CaptureFixture[str]) -> None:
    """They are removed before secrets are redacted, so that a secret with one inside is found."""
    redaction.register("hunter2")
    (line,) = lines(capsys, "\x1b[31mred\x07 hun\x00ter2")
    assert "red ***" == json.loads(line)["@message"]


@pytest.mark.parametrize(
    ("environment", "level"),
    [
        ({}, logging.ERROR),
        ({"TF_LOG": ""}, logging.ERROR),
        ({"TF_LOG": "off"}, logging.ERROR),
        ({"TF_LOG": "trace"}, logging.DEBUG),
        ({"TF_LOG": "JSON"}, logging.DEBUG),
        ({"TF_LOG": "warn"}, logging.WARNING),
        ({"TF_LOG": "INFO"}, logging.INFO),
        ({"TF_LOG": "what"}, logging.DEBUG),
        ({"TF_LOG": "TRACE", "TF_LOG_PROVIDER": "ERROR"}, logging.ERROR),
    ],
)
def test_the_level_is_what_terraform_was_asked_for(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], level: int
) -> None:
    """TF_LOG_PROVIDER goes before TF_LOG; a word that means nothing means everything, as in Terraform."""
    for name in ("TF_LOG", "TF_LOG_PROVIDER"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    logs.start()
    assert (level, logging.WARNING) == (
        logging.getLogger("provider").level,
        logging.getLogger("urllib3").getEffectiveLevel(),
    )
