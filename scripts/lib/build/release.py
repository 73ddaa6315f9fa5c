"""Write the files of a release with the names that the registries require: archives, manifest, sums, signature."""

import hashlib
import os
import re
import subprocess
from pathlib import Path

from scripts.lib.shared import mirror

VERSION = re.compile(r"\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?")
MANIFEST = mirror.ROOT / "terraform-registry-manifest.json"


class ReleaseError(Exception):
    """The release could not be completed. The message is for the user."""


def archive_name(version: str) -> str:
    """Return the name of this platform's archive."""
    return f"{_stem(version)}_{mirror.system()}.zip"


def complete(directory: Path, version: str, key: str | None) -> list[Path]:
    """Write manifest, sums and, with a key, the signature next to the archives of a version. Return all paths."""
    archives = sorted(directory.glob(f"{_stem(version)}_*.zip"))
    if not archives:
        raise ReleaseError(f"no archive of {version} is in {directory}: build one first, without --collect")
    manifest = directory / f"{_stem(version)}_manifest.json"
    manifest.write_bytes(MANIFEST.read_bytes())
    sums = directory / f"{_stem(version)}_SHA256SUMS"
    sums.write_text("".join(f"{_sum(path)}  {path.name}\n" for path in [*archives, manifest]), "ascii", newline="\n")
    signature = sums.with_name(f"{sums.name}.sig")
    signature.unlink(missing_ok=True)  # an old signature would not match the new sums
    if key:
        _sign(sums, signature, key)
    return [*archives, manifest, sums, *([signature] if key else [])]


def _stem(version: str) -> str:
    return f"terraform-provider-{mirror.TYPE}_{version}"


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sign(sums: Path, signature: Path, key: str) -> None:
    """Write a detached signature in binary form, as the registries require."""
    passphrase = os.environ.get("GPG_PASSPHRASE")
    unlock = [] if passphrase is None else ["--pinentry-mode", "loopback", "--passphrase-fd", "0"]
    files = ["--output", str(signature), "--detach-sign", str(sums)]
    command = ["gpg", "--batch", "--yes", *unlock, "--local-user", key, *files]
    try:
        done = subprocess.run(command, input=passphrase or "", capture_output=True, encoding="utf-8", check=False)
    except FileNotFoundError:
        raise ReleaseError("gpg is not on PATH, and a signature needs it: install GnuPG, or leave --key out") from None
    if done.returncode:
        raise ReleaseError(f"gpg could not sign with {key}: {done.stderr.strip()}")
