"""Run the program `atlan-sandbox` to its end."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def start(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program, which must end by itself."""
    command = [sys.executable, "-m", "provider.sandbox", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def arguments(folder: Path, **change: str) -> list[str]:
    """Return the required arguments, with changes; the database is `tenant.sqlite` in the folder."""
    given = {"--port": "0", "--database": str(folder / "tenant.sqlite"), "--api-key": "key", **change}
    return [part for pair in given.items() for part in pair]
