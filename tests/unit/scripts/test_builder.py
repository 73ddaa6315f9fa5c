"""The release's archive, sums and signature; the binary itself is what tests/installed is about."""

import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from scripts.builder import __main__ as build
from scripts.builder import archive, release
from scripts.support import mirror

STEM = "terraform-provider-atlan_1.2.3"


def folder(directory: Path) -> Path:
    """A folder as PyInstaller might leave it: a program, a library, and a link to that."""
    (directory / "inner").mkdir(parents=True)
    (directory / "terraform-provider-atlan_v1.2.3").write_bytes(b"program")
    (directory / "inner" / "library.so.1").write_bytes(b"library")
    (directory / "library.so").symlink_to("inner/library.so.1")
    return directory


def run(directory: Path, *arguments: str) -> int:
    return build.main(["--collect", "--version", "1.2.3", "--directory", str(directory), *arguments])


def test_links_become_what_they_point_at(tmp_path: Path) -> None:
    """The archive holds plain files alone, for Terraform unpacks no links."""
    archive.write(folder(tmp_path / "folder"), tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as opened:
        assert {
            "inner/library.so.1": (0o100644, b"library"),
            "library.so": (0o100644, b"library"),
            "terraform-provider-atlan_v1.2.3": (0o100755, b"program"),
        } == {each.filename: (each.external_attr >> 16, opened.read(each)) for each in opened.infolist()}


def test_a_linked_folder_is_followed(tmp_path: Path) -> None:
    """As in a framework of macOS, where the current version is a link."""
    below = folder(tmp_path / "folder")
    (below / "current").symlink_to("inner")
    archive.write(below, tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as opened:
        assert b"library" == opened.read("current/library.so.1")


def test_an_archive_goes_by_its_content_alone(tmp_path: Path) -> None:
    """Times, modes and the order of making make no difference."""
    first, second = folder(tmp_path / "first"), tmp_path / "second"
    shutil.copytree(first, second, symlinks=True)
    for path in second.rglob("*"):
        os.utime(path, (1, 1), follow_symlinks=False)
    (second / "inner" / "library.so.1").chmod(0o700)
    for source in (first, second):
        archive.write(source, tmp_path / f"{source.name}.zip")
    assert (tmp_path / "first.zip").read_bytes() == (tmp_path / "second.zip").read_bytes()


def test_archives_of_all_platforms_are_summed(tmp_path: Path) -> None:
    """With --collect those that were built elsewhere are summed with the manifest, and other versions are not."""
    for name in (
        f"{STEM}_linux_amd64.zip",
        f"{STEM}_darwin_arm64.zip",
        "terraform-provider-atlan_1.2.4_linux_amd64.zip",
    ):
        (tmp_path / name).write_bytes(name.encode())
    assert run(tmp_path) == 0
    lines = (tmp_path / f"{STEM}_SHA256SUMS").read_text().splitlines()
    names = [f"{STEM}_darwin_arm64.zip", f"{STEM}_linux_amd64.zip", f"{STEM}_manifest.json"]
    assert names == [line.split("  ")[1] for line in lines]
    checked = subprocess.run(["sha256sum", "--check", f"{STEM}_SHA256SUMS"], cwd=tmp_path, capture_output=True)
    assert checked.returncode == 0
    assert release.MANIFEST.read_bytes() == (tmp_path / f"{STEM}_manifest.json").read_bytes()


def test_a_version_without_archives_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Sums of nothing are no release."""
    assert run(tmp_path) == 1
    assert "build: no archive of 1.2.3 is in" in capsys.readouterr().err


@pytest.mark.parametrize("version", ["1.2", "v1.2.3", "1.2.3/../x", ""])
def test_what_is_no_version_is_refused(version: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A name in the archive follows from it, and the registries want three numbers."""
    with pytest.raises(SystemExit):
        build.main(["--version", version])
    assert "is no version such as 1.2.3" in capsys.readouterr().err


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a key with a passphrase, in a keyring of the test's own."""
    monkeypatch.setenv("GNUPGHOME", str(tmp_path / "keyring"))
    monkeypatch.setenv("GPG_PASSPHRASE", "words of a test")
    Path(tmp_path, "keyring").mkdir(mode=0o700)
    how = ["gpg", "--batch", "--pinentry-mode", "loopback", "--passphrase", "words of a test"]
    subprocess.run([*how, "--quick-generate-key", "release@example.com", "rsa2048"], check=True, capture_output=True)
    yield "release@example.com"
    subprocess.run(["gpgconf", "--kill", "gpg-agent"], check=True)


def test_a_key_signs_the_sums(tmp_path: Path, key: str) -> None:
    """The signature is detached, binary, and of these sums."""
    (tmp_path / f"{STEM}_linux_amd64.zip").write_bytes(b"archive")
    assert run(tmp_path, "--key", key) == 0
    signature, sums = tmp_path / f"{STEM}_SHA256SUMS.sig", tmp_path / f"{STEM}_SHA256SUMS"
    assert b"-----BEGIN" not in signature.read_bytes()
    assert subprocess.run(["gpg", "--verify", signature, sums], capture_output=True).returncode == 0
    sums.write_text("other sums\n")
    assert subprocess.run(["gpg", "--verify", signature, sums], capture_output=True).returncode == 1


def test_a_key_that_is_not_there_is_told(tmp_path: Path, key: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The release is unsigned then, an older signature is gone, and the exit code says so."""
    (tmp_path / f"{STEM}_linux_amd64.zip").write_bytes(b"archive")
    (tmp_path / f"{STEM}_SHA256SUMS.sig").write_bytes(b"of other sums")
    assert run(tmp_path, "--key", "nobody@example.com") == 1
    assert "build: gpg could not sign with nobody@example.com" in capsys.readouterr().err
    assert not (tmp_path / f"{STEM}_SHA256SUMS.sig").exists()


def test_the_archive_is_named_by_the_platform() -> None:
    """As Terraform and the registries look for it."""
    assert f"{STEM}_{mirror.system()}.zip" == release.archive_name("1.2.3")
