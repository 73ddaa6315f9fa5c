"""Write a folder as a zip archive. The same content results in the same bytes: order, times and modes are fixed."""

import os
import zipfile
from pathlib import Path

_TIME = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_MODES = {True: 0o100755, False: 0o100644}


def write(folder: Path, path: Path) -> None:
    """Write the archive. Links are replaced by their targets. Only the program is executable."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in sorted(_files(folder), key=lambda each: each.relative_to(folder).as_posix()):
            name = file.relative_to(folder).as_posix()
            archive.writestr(_entry(name, executable=file.parent == folder and _is_program(file)), file.read_bytes())


def _files(folder: Path) -> list[Path]:
    """Return all files. Unlike ``rglob``, follow links to folders."""
    return [Path(place, name) for place, _, names in os.walk(folder, followlinks=True) for name in names]


def _is_program(file: Path) -> bool:
    return file.name.startswith("terraform-provider-")


def _entry(name: str, *, executable: bool) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _TIME)
    entry.create_system = _UNIX
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = _MODES[executable] << 16
    return entry
