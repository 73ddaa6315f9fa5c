"""The released provider, built once, and workspaces that know nothing of this checkout."""

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
"""How long a build may take."""

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
    """The one archive of the release."""
    (found,) = release.glob("*.zip")
    return found


@pytest.fixture(scope="session")
def unpacked(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the archive holds, as Terraform unpacks it: of the modes that of the program counts alone."""
    directory = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(directory)
    Path(directory, PROGRAM).chmod(0o755)
    return directory


@pytest.fixture
def machine(archive: Path, unpacked: Path) -> Iterator[Machine]:
    """A machine of somebody who has Terraform and the archive alone."""
    with tempfile.TemporaryDirectory(prefix="newcomer-", dir=SHORT) as name:
        built = Machine(Path(name), archive, unpacked)
        yield built
        built.check_home()


@pytest.fixture
def start(machine: Machine, tmp_path: Path) -> Iterator[Start]:
    """Start a sandbox and an initialised workspace of that machine, which finds the provider unpacked."""
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
