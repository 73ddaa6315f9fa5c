"""The release, built once, and workspaces without this checkout."""

import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from scripts.lib.shared.mirror import ROOT
from tests.support.machine import PROGRAM, VERSION, Machine
from tests.support.plugin_client import SHORT
from tests.support.sandbox import Sandbox
from tests.support.terraform import PROVIDER, Workspace

SECONDS = 600
"""The longest time of a build in seconds."""

BUILD = [sys.executable, "-m", "scripts.lib.build"] if os.name == "nt" else [ROOT / "scripts" / "build"]

Start = Callable[..., tuple[Sandbox, Workspace]]


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that scripts/build wrote."""
    directory = tmp_path_factory.mktemp("release")
    subprocess.run([*BUILD, "--version", VERSION, "--directory", directory], cwd=ROOT, check=True, timeout=SECONDS)
    return directory


@pytest.fixture(scope="session")
def archive(release: Path) -> Path:
    """The archive of the release."""
    (found,) = release.glob("*.zip")
    return found


@pytest.fixture(scope="session")
def unpacked(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content of the archive as Terraform unpacks it. Only the mode of the program is set."""
    directory = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(directory)
    Path(directory, PROGRAM).chmod(0o755)
    return directory


@pytest.fixture
def machine(archive: Path, unpacked: Path) -> Iterator[Machine]:
    """A machine with Terraform and the archive, and nothing else."""
    with tempfile.TemporaryDirectory(prefix="newcomer-", dir=SHORT) as name:
        built = Machine(Path(name), archive, unpacked)
        yield built
        built.check_home()


@pytest.fixture
def start(machine: Machine, tmp_path: Path) -> Iterator[Start]:
    """Yield a function that starts a sandbox and an initialized workspace, which finds the unpacked provider."""
    started: list[Sandbox] = []

    def starter(configuration: str = "", **options: Any) -> tuple[Sandbox, Workspace]:
        sandbox = Sandbox(database=tmp_path / "sandbox.db", **options)
        started.append(sandbox)
        workspace = machine.workspace(sandbox, "unpacked")
        workspace.write(PROVIDER, "versions.tf")
        workspace.write(configuration)
        workspace.init().ok()
        return sandbox, workspace

    yield starter
    for sandbox in started:
        sandbox.stop()
