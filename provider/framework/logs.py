"""Structured log lines on stderr, as Terraform reads them from a plugin.

Each line is a JSON object with ``@level``, ``@message``, ``@module`` and ``@timestamp``. ``@message`` is always a
string, because anything else crashes Terraform. This is the exit for log lines: each message is cleaned, redacted and
truncated here, in this order.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from datetime import UTC, datetime
from typing import Final

# The length as JSON. Terraform splits a line of more than 64 KB, and the halves are not JSON.
_MAX_MESSAGE_BYTES: Final = 60_000
_LEVELS: Final = {"TRACE": logging.DEBUG, "JSON": logging.DEBUG, "WARN": logging.WARNING}


def _truncated(message: str) -> str:
    """Return the part of the message that fits a line. JSON writes some characters in twelve bytes."""
    message = message[:_MAX_MESSAGE_BYTES]
    while (excess := len(json.dumps(message)) - _MAX_MESSAGE_BYTES) > 0:
        message = message[: -max(1, excess // 12)]
    return message


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        # Imported here, because a launch rarely logs before the handshake.
        from provider.framework.redaction import shown

        line = {
            "@level": record.levelname.lower().replace("warning", "warn"),
            "@message": _truncated(shown(super().format(record))),
            "@module": record.name,
            "@timestamp": datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        }
        return json.dumps(line)


def start(logger: str = __name__.partition(".")[0]) -> None:
    """Send the logs of this process to Terraform.

    Loggers below ``logger`` and those of this framework log at the level that TF_LOG_PROVIDER or TF_LOG sets,
    and other loggers at WARNING. The default is ERROR.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JsonLines())
    # libraries log each request at lower levels; these lines are not about the provider
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in {logger, __name__.rpartition(".")[0]}:
        logging.getLogger(name).setLevel(_level())


def _level() -> int:
    asked = (os.environ.get("TF_LOG_PROVIDER") or os.environ.get("TF_LOG") or "").upper()
    if asked in ("", "OFF"):
        return logging.ERROR
    return _LEVELS.get(asked) or logging.getLevelNamesMapping().get(asked, logging.DEBUG)
