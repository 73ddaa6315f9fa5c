"""Structured log lines on stderr, as Terraform reads them from a plugin.

One JSON object a line: ``@level``, ``@message``, ``@module``, ``@timestamp``; other keys appear as key=value.
``@message`` is always a string, for anything else crashes Terraform. Secrets that were told to ``hide`` are
masked wherever they would appear.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from datetime import UTC, datetime
from typing import Final

MASK: Final = "(sensitive)"

_MAX_MESSAGE: Final = 60_000  # bytes of JSON: Terraform splits lines over 64 KB, and the halves are not JSON
_LEVELS: Final = {"TRACE": logging.DEBUG, "JSON": logging.DEBUG, "WARN": logging.WARNING}

_secrets: set[str] = set()


def hide(secret: str) -> None:
    """Mask this text in every log line from now on, as it is and as JSON and Python write it."""
    if secret:
        _secrets.update((secret, json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]))
        _secrets.add(repr(secret)[1:-1])


def mask(text: str) -> str:
    """The text with every hidden secret masked."""
    # the longest first, for one secret may hold another
    for secret in sorted(_secrets, key=len, reverse=True):
        text = text.replace(secret, MASK)
    return text


def _bounded(message: str) -> str:
    """As much of the message as fits a line once it is JSON, which writes some characters in twelve bytes."""
    message = message[:_MAX_MESSAGE]
    while (excess := len(json.dumps(message)) - _MAX_MESSAGE) > 0:
        message = message[: -max(1, excess // 12)]
    return message


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "@level": record.levelname.lower().replace("warning", "warn"),
            "@message": _bounded(mask(super().format(record))),
            "@module": record.name,
            "@timestamp": datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        }
        return json.dumps(line)


def start(logger: str = __name__.partition(".")[0]) -> None:
    """Send the logs of this process to Terraform.

    Loggers below ``logger`` and those of this framework log at the level that TF_LOG_PROVIDER or TF_LOG sets.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JsonLines())
    # libraries below speak of requests in their own words, unmasked, and are heard when something is wrong
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in {logger, __name__.rpartition(".")[0]}:
        logging.getLogger(name).setLevel(_level())


def _level() -> int:
    asked = (os.environ.get("TF_LOG_PROVIDER") or os.environ.get("TF_LOG") or "").upper()
    if asked in ("", "OFF"):
        return logging.ERROR
    return _LEVELS.get(asked) or logging.getLevelNamesMapping().get(asked, logging.DEBUG)
