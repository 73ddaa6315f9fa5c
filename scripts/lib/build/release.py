"""The files of a release, by the names that the registries look for: archives, manifest, sums, signature."""

import hashlib
import os
import re
import subprocess
from pathlib import Path

from scripts.lib.shared import mirror

VERSION = re.compile(r"\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?")
MANIFEST = mirror.ROOT / "terraform-registry-manifest.json"


class ReleaseError(Exception):
    """A release could not be completed; the message is for the person."""


def archive_name(version: str) -> str:
    """The name of this platform's archive."""
    return f"{_stem(version)}_{mirror.system()}.zip"


def complete(directory: Path, version: str, key: str | None) -> list[Path]:
    """Lay manifest, sums and, with a key, the signature beside the archives of a version; all of it is returned."""
    archives = sorted(directory.glob(f"{_stem(version)}_*.zip"))
    if not archives:
        raise ReleaseError(f"no archive of {version} is in {directory}: build one first, without --collect")
    manifest = directory / f"{_stem(version)}_manifest.json"
    manifest.write_bytes(MANIFEST.read_bytes())
    sums = directory / f"{_stem(version)}_SHA256SUMS"
    sums.write_text("".join(f"{_sum(path)}  {path.name}\n" for path in [*archives, manifest]), "ascii", newline="\n")
    signature = sums.with_name(f"{sums.name}.sig")
    signature.unlink(missing_ok=True)  # that of other sums would be worse than none
    if key:
        _sign(sums, signature, key)
    return [*archives, manifest, sums, *([signature] if key else [])]


def _stem(version: str) -> str:
    return f"terraform-provider-{mirror.TYPE}_{version}"


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sign(sums: Path, signature: Path, key: str) -> None:
    """Sign as the registries want it: detached, and binary rather than as text."""
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
