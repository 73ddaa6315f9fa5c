"""What a release takes: its program, and the first minutes of somebody who has Terraform and the archive alone."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path
from typing import Final

from scripts.benchmarks.workspaces import Workspace
from scripts.support import cli, mirror
from scripts.support.mirror import ROOT
from scripts.support.tenant import Tenant

MODULE: Final = "atlan-redash"
"""The module that the newcomer copies, and uses as its own page says."""

_MODULES: Final = ROOT / "examples" / "modules"
_USAGE: Final = re.compile(r"^```hcl\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


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
    usage = _USAGE.search((folder / MODULE / "README.md").read_text(encoding="utf-8"))
    assert usage is not None
    (folder / "main.tf").write_text(usage["text"])
    workspace = Workspace(program, folder, _environment(directory, archive, tenant))
    seconds = sum(workspace.run(*each).seconds for each in (("init",), ("plan",), ("apply", "-auto-approve")))
    workspace.run("destroy", "-auto-approve")
    return seconds


def _environment(directory: Path, archive: Path, tenant: Tenant) -> dict[str, str]:
    packed = directory / "mirror" / mirror.HOSTS[0] / mirror.NAMESPACE / mirror.TYPE
    home, empty = directory / "home", directory / "programs"
    for each in (packed, home, empty):
        each.mkdir(parents=True)
    shutil.copy2(archive, packed)
    config = directory / "cli.tfrc"
    config.write_text(mirror.cli_config(directory / "mirror"))
    base = {"PATH": str(empty), "HOME": str(home)}
    return cli.environment(config, base) | tenant.environment | {"TF_VAR_password": "a-password"}
