"""The release's archive: plain files, and the same bytes for the same content."""

import os
import shutil
import zipfile
from pathlib import Path

from scripts.lib.build import archive


def folder(directory: Path) -> Path:
    """Make a folder like PyInstaller: a program, a library, and a link to the library."""
    (directory / "inner").mkdir(parents=True)
    (directory / "terraform-provider-atlan_v1.2.3").write_bytes(b"program")
    (directory / "inner" / "library.so.1").write_bytes(b"library")
    (directory / "library.so").symlink_to("inner/library.so.1")
    return directory


def test_links_become_what_they_point_at(tmp_path: Path) -> None:
    """The archive contains only plain files, because Terraform does not unpack links."""
    archive.write(folder(tmp_path / "folder"), tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as opened:
        assert {
            "inner/library.so.1": (0o100644, b"library"),
            "library.so": (0o100644, b"library"),
            "terraform-provider-atlan_v1.2.3": (0o100755, b"program"),
        } == {each.filename: (each.external_attr >> 16, opened.read(each)) for each in opened.infolist()}


def test_a_linked_folder_is_followed(tmp_path: Path) -> None:
    """A framework of macOS has a link to its current version."""
    below = folder(tmp_path / "folder")
    (below / "current").symlink_to("inner")
    archive.write(below, tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as opened:
        assert b"library" == opened.read("current/library.so.1")


def test_an_archive_goes_by_its_content_alone(tmp_path: Path) -> None:
    """Times, modes and the order of the files have no effect."""
    first, second = folder(tmp_path / "first"), tmp_path / "second"
    shutil.copytree(first, second, symlinks=True)
    for path in second.rglob("*"):
        os.utime(path, (1, 1), follow_symlinks=False)
    (second / "inner" / "library.so.1").chmod(0o700)
    for source in (first, second):
        archive.write(source, tmp_path / f"{source.name}.zip")
    assert (tmp_path / "first.zip").read_bytes() == (tmp_path / "second.zip").read_bytes()
