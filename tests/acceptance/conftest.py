"""A workspace with its own sandbox: the real CLI and real HTTP."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.support.sandbox import Sandbox
from tests.support.sandbox_pool import SandboxPool
from tests.support.terraform import PROVIDER, Attach, Workspace

Start = Callable[..., tuple[Sandbox, Workspace]]


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
