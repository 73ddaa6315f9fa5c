"""The one-dir binary, made by PyInstaller from a copy of the package.

One-dir, for a one-file binary unpacks itself at every launch. The copy holds the version that is released and no
sandbox; of the environment's other distributions nothing is taken that the package does not require.
"""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.lib.build import distributions
from scripts.lib.shared.mirror import ROOT, TYPE

EPOCH = 315532800
"""The time of every file, 1980-01-01: the earliest that an archive can hold."""

_START = "import sys\n\nfrom provider.__main__ import main\n\nsys.exit(main())\n"

# The standard library's own tools for development, for terminals and for windows.
_NEVER = (
    "curses",
    "doctest",
    "idlelib",
    "lib2to3",
    "multiprocessing",
    "pdb",
    "pydoc",
    "readline",
    "sqlite3",
    "tkinter",
    "unittest",
)


# Of these a file is read, and nothing is imported that PyInstaller could see.
_READ = ("tzdata",)


class BuildError(Exception):
    """The binary could not be built; the message is for the person."""


@contextmanager
def built(version: str) -> Iterator[Path]:
    """A folder with the executable, what it loads, and licences; it is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="atlan-build-") as name:
        work = Path(name)
        _copy_package(work / "source", version)
        _run_pyinstaller(work, executable_name(version))
        folder = work / "dist" / executable_name(version)
        _add_licences(folder)
        yield folder


def executable_name(version: str) -> str:
    """The name by which Terraform finds the executable, without the suffix that Windows wants."""
    return f"terraform-provider-{TYPE}_v{version}"


def _copy_package(source: Path, version: str) -> None:
    ignore = shutil.ignore_patterns("__pycache__", "sandbox")
    shutil.copytree(ROOT / "provider", source / "provider", ignore=ignore)
    module = source / "provider" / "__init__.py"
    text, count = re.subn(r'(?m)^__version__ = ".*"$', f'__version__ = "{version}"', module.read_text("utf-8"))
    assert count == 1
    module.write_text(text, "utf-8")
    Path(source, "start.py").write_text(_START, "utf-8")


def _run_pyinstaller(work: Path, name: str) -> None:
    folders = {"--distpath": "dist", "--workpath": "work", "--specpath": "work", "--paths": "source"}
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level=WARN", "--onedir", "--noupx"]
    command += [f"--name={name}", *(f"{option}={work / folder}" for option, folder in folders.items())]
    command += [f"--exclude-module={module}" for module in (*distributions.unneeded_modules(), *_NEVER)]
    command += [f"--hidden-import={module}" for module in _READ]
    command += ["--strip"] if sys.platform == "linux" else []
    command.append(str(work / "source" / "start.py"))
    fixed = {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": str(EPOCH), "PYINSTALLER_CONFIG_DIR": str(work / "cache")}
    done = subprocess.run(
        command, cwd=work, env=os.environ | fixed, capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    if done.returncode:
        raise BuildError(f"PyInstaller ended with {done.returncode}:\n{done.stdout}{done.stderr}".rstrip())


def _add_licences(folder: Path) -> None:
    shutil.copy(ROOT / "LICENSE", folder / "LICENSE")
    parts = [_python_licence(), *distributions.licences()]
    text = "\n\n".join(f"{'=' * 80}\n{heading}\n{'=' * 80}\n\n{licence.strip()}" for heading, licence in parts)
    Path(folder, "THIRD-PARTY-LICENSES").write_text(f"{text}\n", "utf-8", newline="\n")


def _python_licence() -> tuple[str, str]:
    heading = f"Python {sys.version.split()[0]}"
    for place in (Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix)):
        for name in ("LICENSE.txt", "LICENSE"):
            if (place / name).is_file():
                return heading, Path(place, name).read_text("utf-8")
    return heading, "PSF License Agreement: https://docs.python.org/3/license.html"
