"""A workspace against a sandbox of its own: the real CLI, real HTTP."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.sandbox import Sandbox
from tests.support.terraform import PROVIDER, Workspace

Start = Callable[..., tuple[Sandbox, Workspace]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start sandboxes with the given options, each with an initialised workspace that points at it."""
    started: list[Sandbox] = []

    def starter(configuration: str = "", **options: Any) -> tuple[Sandbox, Workspace]:
        sandbox = Sandbox(database=tmp_path / f"sandbox-{len(started)}.db", **options)
        started.append(sandbox)
        workspace = Workspace(tmp_path / f"workspace-{len(started)}", sandbox.url, sandbox.api_key)
        workspace.write(PROVIDER, "versions.tf")
        workspace.write(configuration)
        workspace.init().ok()
        return sandbox, workspace

    yield starter
    for sandbox in started:
        sandbox.stop()
