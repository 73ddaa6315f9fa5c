"""The command-line options: which ones are required, and which values are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.sandbox_program import arguments, start


@pytest.mark.parametrize(
    "change",
    [
        {"--port": "65536"},
        {"--port": "http"},
        {"--api-key": " "},
        {"--api-key": "schlüssel"},
        {"--latency-ms": "-1"},
        {"--run-seconds": "nan"},
        {"--submit-seconds": "-1"},
        {"--second-submit": "ignored"},
        {"--page-size": "0"},
        {"--page-size": "1.5"},
        {"--fresh-slug-seconds": "-1"},
        {"--cold-app-requests": "0.5"},
    ],
)
def test_an_invalid_option_is_named(tmp_path: Path, change: dict[str, str]) -> None:
    """An invalid value ends the program with 2 and a message that names the option."""
    done = start(*arguments(tmp_path, **change))
    assert 2 == done.returncode
    assert next(iter(change)) in done.stderr


def test_port_database_and_key_are_required() -> None:
    """Without port, database and key the program ends with 2, and the message names all three."""
    done = start()
    assert 2 == done.returncode
    assert "--port, --database, --api-key" in done.stderr
