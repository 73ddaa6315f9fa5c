"""What a release takes: its program, and the first minutes of somebody who has Terraform and the archive alone."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import Final

from scripts.lib.benchmark.workspaces import Workspace
from scripts.lib.shared import cli, markdown, mirror
from scripts.lib.shared.mirror import ROOT
from scripts.lib.shared.tenant import Tenant

MODULE: Final = "atlan-redash"
"""The module that the newcomer copies, and uses as its own page says."""

_MODULES: Final = ROOT / "examples" / "modules"


def unpacked(archive: Path, directory: Path) -> Path:
    """The program of an archive, as Terraform unpacks it."""
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(directory)
    (found,) = directory.glob("terraform-provider-*")
    found.chmod(0o755)
    return found


def newcomer(program: str, directory: Path, archive: Path, tenant: Tenant) -> float:
    """Seconds from the copied module to what it makes: ``init`` from the archive, ``plan``, ``apply``.

    There is nothing on the PATH, no Python above all, and nothing in the home directory. Nothing is left on the tenant.
    """
    folder = directory / "configuration"
    shutil.copytree(_MODULES / MODULE, folder / MODULE)
    (folder / "main.tf").write_text(markdown.example(folder / MODULE / "README.md"))
    workspace = Workspace(program, folder, _environment(directory, archive, tenant))
    seconds = sum(workspace.run(*each).seconds for each in (("init",), ("plan",), ("apply", "-auto-approve")))
    workspace.run("destroy", "-auto-approve")
    return seconds


def _environment(directory: Path, archive: Path, tenant: Tenant) -> dict[str, str]:
    home, empty = directory / "home", directory / "programs"
    packed = [directory / "mirror" / host / mirror.NAMESPACE / mirror.TYPE for host in mirror.HOSTS]
    for each in (home, empty, *packed):
        each.mkdir(parents=True)
    for each in packed:
        shutil.copy2(archive, each)
    config = directory / "cli.tfrc"
    config.write_text(mirror.cli_config(directory / "mirror"))
    base = {"PATH": str(empty), "HOME": str(home)}
    return cli.environment(config, base) | tenant.environment | {"TF_VAR_password": "a-password"}
