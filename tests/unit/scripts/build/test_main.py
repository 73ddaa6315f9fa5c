"""The release's sums and signature. tests/installed tests the binary."""

import subprocess
from pathlib import Path

import pytest

from scripts.lib.build import __main__ as build
from scripts.lib.build import release

STEM = "terraform-provider-atlan_1.2.3"


def run(directory: Path, *arguments: str) -> int:
    return build.main(["--collect", "--version", "1.2.3", "--directory", str(directory), *arguments])


def test_archives_of_all_platforms_are_summed(tmp_path: Path) -> None:
    """With --collect the archives of other platforms are summed with the manifest. Other versions are not."""
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
    """Without an archive there is no release."""
    assert run(tmp_path) == 1
    assert "build: no archive of 1.2.3 is in" in capsys.readouterr().err


@pytest.mark.parametrize("version", ["1.2", "v1.2.3", "1.2.3/../x", ""])
def test_a_text_that_is_not_a_version_is_refused(version: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The version is part of a file name, and the registries require three numbers."""
    with pytest.raises(SystemExit):
        build.main(["--version", version])
    assert "is not a version such as 1.2.3" in capsys.readouterr().err


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the address of a key with a passphrase, in a keyring of the test."""
    monkeypatch.setenv("GNUPGHOME", str(tmp_path / "keyring"))
    monkeypatch.setenv("GPG_PASSPHRASE", "words of a test")
    Path(tmp_path, "keyring").mkdir(mode=0o700)
    how = ["gpg", "--batch", "--pinentry-mode", "loopback", "--passphrase", "words of a test"]
    subprocess.run([*how, "--quick-generate-key", "release@example.com", "rsa2048"], check=True, capture_output=True)
    yield "release@example.com"
    subprocess.run(["gpgconf", "--kill", "gpg-agent"], check=True)


def test_a_key_signs_the_sums(tmp_path: Path, key: str) -> None:
    """The signature is detached and binary, and matches only these sums."""
    (tmp_path / f"{STEM}_linux_amd64.zip").write_bytes(b"archive")
    assert run(tmp_path, "--key", key) == 0
    signature, sums = tmp_path / f"{STEM}_SHA256SUMS.sig", tmp_path / f"{STEM}_SHA256SUMS"
    assert b"-----BEGIN" not in signature.read_bytes()
    assert subprocess.run(["gpg", "--verify", signature, sums], capture_output=True).returncode == 0
    sums.write_text("other sums\n")
    assert subprocess.run(["gpg", "--verify", signature, sums], capture_output=True).returncode == 1


def test_a_missing_key_is_reported(tmp_path: Path, key: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The command fails, the release is unsigned, and an older signature is removed."""
    (tmp_path / f"{STEM}_linux_amd64.zip").write_bytes(b"archive")
    (tmp_path / f"{STEM}_SHA256SUMS.sig").write_bytes(b"of other sums")
    assert run(tmp_path, "--key", "nobody@example.com") == 1
    assert "build: gpg could not sign with nobody@example.com" in capsys.readouterr().err
    assert not (tmp_path / f"{STEM}_SHA256SUMS.sig").exists()
