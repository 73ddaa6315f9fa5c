"""A workspace with its own sandbox: the real CLI and real HTTP."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.support.certificate_authority import CertificateAuthority
from tests.support.proxies.connect import connect_proxy
from tests.support.proxies.habits import NO_HABITS, Habits
from tests.support.proxies.intercept import intercepting_proxy
from tests.support.proxies.proxy import Proxy
from tests.support.proxies.tls_front import Host
from tests.support.sandbox import Sandbox
from tests.support.sandbox_pool import SandboxPool
from tests.support.terraform import PROVIDER, Attach, Workspace

Start = Callable[..., tuple[Sandbox, Workspace]]
Proxied = Callable[..., tuple[Sandbox, Workspace, Proxy]]

TENANT = "tenant.example.com"
PROXIES = {"connect": connect_proxy, "intercept": intercepting_proxy}


@pytest.fixture
def start(tmp_path: Path, sandboxes: SandboxPool, attach: Attach, contracts: str) -> Iterator[Start]:
    """Yield a function that starts a sandbox with the given options, and an initialized workspace for it.

    The contracts of the sandbox have the form of the fixture `contracts`. With `launch`, the commands of the workspace
    launch the provider themselves.
    """
    with ExitStack() as lent:

        def starter(configuration: str = "", *, launch: bool = False, **options: Any) -> tuple[Sandbox, Workspace]:
            sandbox = lent.enter_context(sandboxes.lend(**{"contracts": contracts, **options}))
            directory = tempfile.mkdtemp(prefix="workspace-", dir=tmp_path)
            attaching = dict if launch else attach
            workspace = Workspace(Path(directory), sandbox.url, sandbox.api_key, attach=attaching)
            workspace.write(PROVIDER, "versions.tf")
            workspace.write(configuration)
            workspace.init().ok()
            return sandbox, workspace

        yield starter


@pytest.fixture
def proxied(start: Start, tmp_path: Path) -> Iterator[Proxied]:
    """Yield a function that starts a tenant, and a workspace that reaches it through a kind of proxy."""
    authority = CertificateAuthority(tmp_path)
    with ExitStack() as parts:

        def starter(
            kind: str, configuration: str = "", habits: Habits = NO_HABITS, **options: Any
        ) -> tuple[Sandbox, Workspace, Proxy]:
            sandbox, workspace = start(configuration, surface_schedules=True, run_seconds=3600, **options)
            proxy = parts.enter_context(PROXIES[kind]({TENANT: Host(sandbox.url, authority.server(TENANT))}, habits))
            workspace.env |= {
                "ATLAN_BASE_URL": f"https://{TENANT}",
                "HTTPS_PROXY": proxy.url,
                "REQUESTS_CA_BUNDLE": str(authority.bundle),
            }
            return sandbox, workspace, proxy

        yield starter
