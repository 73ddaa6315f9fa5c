"""Measure a release: its program, and the first commands of a new user who has only Terraform and the archive."""

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
"""The module that the new user copies. Its README has the configuration."""

_MODULES: Final = ROOT / "examples" / "modules"


def unpacked(archive: Path, directory: Path) -> Path:
    """Unpack an archive as Terraform does, and return the path of the program."""
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(directory)
    (found,) = directory.glob("terraform-provider-*")
    found.chmod(0o755)
    return found


def newcomer(program: str, directory: Path, archive: Path, tenant: Tenant) -> float:
    """Return the seconds of ``init`` from the archive, ``plan`` and ``apply`` of the module.

    PATH and the home directory are empty, so there is no Python. At the end the module is destroyed.
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
