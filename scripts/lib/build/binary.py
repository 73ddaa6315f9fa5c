"""Build the one-dir binary with PyInstaller, from a copy of the package.

A one-file binary would unpack itself at every launch. The copy has the released version and no sandbox. The binary
contains only the distributions that the package requires.
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
"""The time of every file, 1980-01-01: the earliest time that a zip archive can contain."""

_START = "import sys\n\nfrom provider.__main__ import main\n\nsys.exit(main())\n"

# modules of the standard library for development, terminals and windows
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


# packages whose data files are read without an import, so PyInstaller does not find them
_READ = ("tzdata",)

# data files of the package, each with its folder
_DATA = {"provider/model/known_apps.json": "provider/model"}


class BuildError(Exception):
    """The binary could not be built. The message is for the user."""


@contextmanager
def built(version: str) -> Iterator[Path]:
    """Build a temporary folder with the executable, the libraries and the licenses."""
    with tempfile.TemporaryDirectory(prefix="atlan-build-") as name:
        work = Path(name)
        _copy_package(work / "source", version)
        _run_pyinstaller(work, executable_name(version))
        folder = work / "dist" / executable_name(version)
        _add_licenses(folder)
        yield folder


def executable_name(version: str) -> str:
    """Return the name by which Terraform finds the executable, without the suffix of Windows."""
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
    command += [f"--hidden-import={module}" for module in (*_READ, *_modules(work / "source"))]
    command += [f"--add-data={work / 'source' / file}:{folder}" for file, folder in _DATA.items()]
    command += ["--strip"] if sys.platform == "linux" else []
    command.append(str(work / "source" / "start.py"))
    fixed = {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": str(EPOCH), "PYINSTALLER_CONFIG_DIR": str(work / "cache")}
    done = subprocess.run(
        command, cwd=work, env=os.environ | fixed, capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    if done.returncode:
        raise BuildError(f"PyInstaller ended with {done.returncode}:\n{done.stdout}{done.stderr}".rstrip())


def _modules(source: Path) -> Iterator[str]:
    """Yield the modules of the package. PyInstaller does not find a module that is imported by its name."""
    for path in sorted(Path(source, "provider").rglob("*.py")):
        yield ".".join(path.relative_to(source).with_suffix("").parts).removesuffix(".__init__")


def _add_licenses(folder: Path) -> None:
    shutil.copy(ROOT / "LICENSE", folder / "LICENSE")
    parts = [_python_license(), *distributions.licenses()]
    text = "\n\n".join(f"{'=' * 80}\n{heading}\n{'=' * 80}\n\n{text.strip()}" for heading, text in parts)
    Path(folder, "THIRD-PARTY-LICENSES").write_text(f"{text}\n", "utf-8", newline="\n")


def _python_license() -> tuple[str, str]:
    heading = f"Python {sys.version.split()[0]}"
    for place in (Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix)):
        for name in ("LICENSE.txt", "LICENSE"):
            if (place / name).is_file():
                return heading, Path(place, name).read_text("utf-8")
    return heading, "PSF License Agreement: https://docs.python.org/3/license.html"
