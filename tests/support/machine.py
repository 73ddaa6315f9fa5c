"""A machine with Terraform and the released archive: no Python, a read-only home, and a space in TMPDIR."""

import os
import shutil
from pathlib import Path

from scripts.lib.shared import cli, mirror
from tests.support.sandbox import Sandbox
from tests.support.terraform import Workspace

VERSION = "0.1.99"
"""The version of the build. The examples accept it, and it differs from the source's version."""

PROGRAM = f"terraform-provider-atlan_v{VERSION}" + (".exe" if os.name == "nt" else "")

NEEDED = ("SYSTEMROOT",)
"""The variables without which no program starts on Windows."""


class Machine:
    """A machine below one folder. Its mirrors are ``unpacked`` and ``packed``."""

    def __init__(self, directory: Path, archive: Path, unpacked: Path) -> None:
        self.directory = directory
        self.home = directory / "home"
        self.temporary = directory / "temporary files"
        self.programs = directory / "programs"
        for folder in (self.home, self.temporary, self.programs):
            folder.mkdir()
        self.home.chmod(0o555)
        for host in mirror.HOSTS:
            self._install(host, archive, unpacked)

    def _install(self, host: str, archive: Path, unpacked: Path) -> None:
        below = Path(host, mirror.NAMESPACE, mirror.TYPE)
        packed = self.directory / "packed" / below
        packed.mkdir(parents=True)
        _link(archive, packed / archive.name)
        folder = self.directory / "unpacked" / below / VERSION / mirror.system()
        shutil.copytree(unpacked, folder, copy_function=_link)

    def workspace(self, sandbox: Sandbox, kind: str) -> Workspace:
        """Return a folder whose commands use only this machine, and find the provider in the mirror of that kind."""
        cli_config = self.directory / f"{kind}.tfrc"
        cli_config.write_text(mirror.cli_config(self.directory / kind))
        base = {name: os.environ[name] for name in NEEDED if name in os.environ}
        base |= {"PATH": str(self.programs)}  # an empty folder, so no Python and no other program
        base |= dict.fromkeys(("HOME", "USERPROFILE", "APPDATA"), str(self.home))
        base |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(self.temporary))
        workspace = Workspace(self.directory / "configuration", sandbox.url, sandbox.api_key)
        given = {name: text for name, text in workspace.env.items() if name.startswith("ATLAN_")}
        workspace.env = cli.environment(cli_config, base) | given
        return workspace

    def check_home(self) -> None:
        """Assert that the home directory is empty. The mode of the directory does not stop root."""
        assert [] == list(self.home.iterdir())
        assert [] == [path for path in self.temporary.iterdir() if path.name.startswith(("plugin-", "_MEI"))]


def _link(source: str | Path, target: str | Path) -> None:
    """Link a file, because nothing writes to it. Copy it if the target is on another disk."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
