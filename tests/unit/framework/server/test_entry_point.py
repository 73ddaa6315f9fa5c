"""The entry point of a program."""

import sys
from typing import Any

import pytest

from provider.framework import run
from provider.framework.server.handshake import MAGIC_COOKIE


def load() -> Any:
    raise AssertionError("the provider is loaded")


@pytest.fixture(autouse=True)
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(MAGIC_COOKIE[0], raising=False)


@pytest.mark.parametrize(
    ("arguments", "about", "expected"),
    [
        (["--version"], "", (0, "toy 1.2\n", "")),
        ([], "what it is\n", (1, "", "what it is\n")),
        ([], "", (1, "", "toy 1.2 is a Terraform plugin. Terraform starts it.\n")),
        (["--other"], "what it is\n", (1, "", "what it is\n")),
    ],
)
def test_a_program_that_terraform_did_not_start_says_what_it_is(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    about: str,
    expected: tuple[int, str, str],
) -> None:
    """Nothing is served, and no provider is loaded."""
    monkeypatch.setattr(sys, "argv", ["program", *arguments])
    code = run(load, program="toy", version="1.2", logger="toy", about=about)
    assert expected == (code, *capsys.readouterr())
