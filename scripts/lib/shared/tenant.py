"""The tenant of a command: a sandbox that the command starts, or the tenant of the user."""

import os
import re
import secrets
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.lib.shared.mirror import ROOT

SANDBOX = ROOT / ".venv" / "bin" / "atlan-sandbox"
SECONDS_TO_START = 60
_LISTENING = re.compile(r"listening on (http://127\.0\.0\.1:\d+)\s")


class TenantError(Exception):
    """There is no tenant. The message is for the user."""


@dataclass(frozen=True)
class Tenant:
    """The address and the API key of a tenant, and the process of a sandbox."""

    base_url: str
    api_key: str
    sandbox: "subprocess.Popen[bytes] | None" = None

    def __repr__(self) -> str:
        return f"Tenant({self.base_url!r})"

    @property
    def environment(self) -> dict[str, str]:
        """The variables with which the provider finds this tenant. Requests to a sandbox use no proxy."""
        proxied = self.sandbox is not None and any(name.lower().endswith("_proxy") for name in os.environ)
        direct = {"NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"} if proxied else {}
        return {"ATLAN_BASE_URL": self.base_url, "ATLAN_API_KEY": self.api_key} | direct

    def end(self) -> None:
        """Terminate the sandbox. Do nothing for the tenant of the user."""
        if self.sandbox is None:
            return
        self.sandbox.terminate()
        try:
            self.sandbox.wait(10)
        except subprocess.TimeoutExpired:
            self.sandbox.kill()
            self.sandbox.wait(10)


def from_environment(environment: Mapping[str, str] = os.environ) -> Tenant:
    """Return the tenant of ATLAN_BASE_URL and ATLAN_API_KEY. Raises TenantError."""
    missing = [name for name in ("ATLAN_BASE_URL", "ATLAN_API_KEY") if not environment.get(name)]
    if missing:
        raise TenantError(f"--tenant needs {' and '.join(missing)} in the environment")
    return Tenant(environment["ATLAN_BASE_URL"], environment["ATLAN_API_KEY"])


def start_sandbox(directory: Path, program: Path = SANDBOX, options: Sequence[str] = ()) -> Tenant:
    """Start a sandbox with its database and its log in `directory`, and return when it listens. Raises TenantError.

    The sandbox has its own session, so Ctrl-C does not terminate it before Terraform.
    """
    api_key = secrets.token_urlsafe(24)
    log = directory / "sandbox.log"
    command: list[str | Path] = [program, "--port", "0", "--database", directory / "sandbox.db"]
    command += [f"--api-key={api_key}", *options]  # in one argument, because a key can start with a dash
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
        )
    tenant = Tenant("", api_key, process)
    try:
        return Tenant(_address(process, log), api_key, process)
    except BaseException:  # the caller does not know the process, so nothing else would terminate it
        tenant.end()
        raise


def _address(process: "subprocess.Popen[bytes]", log: Path) -> str:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        ended = process.poll()
        said = log.read_text(errors="replace")
        if found := _LISTENING.search(said):
            return found.group(1)
        if ended is not None:
            raise TenantError(f"the sandbox ended with {ended} before it listened:\n{said.strip()}")
        time.sleep(0.05)
    raise TenantError(f"the sandbox did not listen within {SECONDS_TO_START} s")
