"""The sandbox that a command starts, and its end."""

import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.lib.shared import tenant


@pytest.mark.parametrize("key", ["-begins-with-a-dash", "--api-key", "_plain"])
def test_any_key_that_is_drawn_is_one(key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key with a dash at its start is not an option."""
    monkeypatch.setattr(tenant.secrets, "token_urlsafe", lambda _: key)
    started = tenant.start_sandbox(tmp_path)
    try:
        assert (key, True) == (started.api_key, started.base_url.startswith("http://127.0.0.1:"))
    finally:
        started.end()


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[tenant.Tenant]:
    """Start a stand-in for a sandbox, which prints an address and logs its arguments."""
    program = tmp_path / "sandbox"
    program.write_text(f'#!/bin/sh\necho "$@" >{tmp_path}/given\necho listening on http://127.0.0.1:4\nexec sleep 99\n')
    program.chmod(0o755)
    started = tenant.start_sandbox(tmp_path, program)
    yield started
    started.end()


def test_a_sandbox_is_waited_for_and_ended(tmp_path: Path, sandbox: tenant.Tenant) -> None:
    """The address is the printed one, the key is new, and `end` waits for the process."""
    assert "http://127.0.0.1:4" == sandbox.base_url
    given = (tmp_path / "given").read_text()
    assert f"--port 0 --database {tmp_path}/sandbox.db --api-key={sandbox.api_key}\n" == given
    assert re.fullmatch(r"[\w-]{32}", sandbox.api_key)
    assert sandbox.api_key not in repr(sandbox)
    assert sandbox.sandbox is not None
    sandbox.end()
    assert -signal.SIGTERM == sandbox.sandbox.returncode


def test_a_sandbox_that_ends_at_once_is_an_error_with_its_words(tmp_path: Path) -> None:
    """The message contains the output of the sandbox."""
    program = tmp_path / "sandbox"
    program.write_text("#!/bin/sh\necho the file is in use >&2\nexit 3\n")
    program.chmod(0o755)
    with pytest.raises(tenant.TenantError, match=r"ended with 3 before it listened:\nthe file is in use"):
        tenant.start_sandbox(tmp_path, program)
