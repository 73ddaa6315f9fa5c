"""Secrets that are looked for wherever something of them might have been left."""

import json
import sqlite3
import zipfile
from base64 import b64encode
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, quote_plus

from tests.support.sandbox import Sandbox
from tests.support.terraform import Result, Workspace

CANARY = 'c4nary-"1"/one+ü'
ROTATED = 'r0tated-"2"/two+ü'
DATABASE = "the sandbox's database"
REQUEST_LOG = "request log"
TRACE_LOG = "TRACE log"


def forms(secret: str) -> set[bytes]:
    """The secret as it is, and as JSON, HCL, URLs and base64 write it, alone or inside of something longer."""
    written = {secret, json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]}
    found = {form for text in written for form in _encoded(text)}
    return found | {text.encode() for text in written}


def _encoded(text: str) -> Iterator[bytes]:
    """The text as JSON and URLs write it, and as base64 does wherever in a group it begins, in both alphabets."""
    yield json.dumps(text)[1:-1].encode()
    yield json.dumps(text, ensure_ascii=False)[1:-1].encode()
    yield from (quoted.encode() for quoted in (quote(text, ""), quote(text), quote_plus(text)))
    data = text.encode()
    for before in range(3):
        whole = b64encode(bytes(before) + data)
        inner = whole[-(-8 * before // 6) : 8 * (before + len(data)) // 6]
        yield inner
        yield inner.translate(bytes.maketrans(b"+/", b"-_"))


def where(secret: str, searched: Mapping[str, bytes]) -> list[str]:
    """The names of what holds the secret in any form."""
    looked_for = forms(secret)
    return [name for name, data in searched.items() if any(form in data for form in looked_for)]


class Witness:
    """Runs commands of a workspace at TF_LOG=TRACE and keeps what each left, for the next one overwrites its files."""

    def __init__(self, sandbox: Sandbox, workspace: Workspace) -> None:
        self._sandbox = sandbox
        self._workspace = workspace
        self._log = workspace.directory.parent / f"{workspace.directory.name}.log"
        self._kept: dict[str, bytes] = {}
        self._commands = 0

    def run(self, *arguments: str) -> Result:
        """Run a command to its end."""
        self._workspace.env |= {"TF_LOG": "TRACE", "TF_LOG_PATH": str(self._log)}
        result = self._workspace.run(*arguments)
        self._commands += 1
        name = f"{self._commands} {arguments[0]}"
        self._kept |= {f"{name}: stdout": result.stdout.encode(), f"{name}: stderr": result.stderr.encode()}
        self._kept |= {f"{name}: {path}": data for path, data in files(self._workspace.directory)}
        return result

    def seen(self) -> dict[str, bytes]:
        """All that was left until now: ``<number> <command>: <file or stream>``, and the names above."""
        return self._kept | {TRACE_LOG: self._log.read_bytes()} | _kept_by(self._sandbox)


def _kept_by(sandbox: Sandbox) -> dict[str, bytes]:
    """The request log, and the database both as files and as rows: a long row lies in several pages of a file."""
    parts = sandbox.database.parent.glob(f"{sandbox.database.name}*")
    database = b"".join([_rows(sandbox.database), *(path.read_bytes() for path in parts)])
    return {REQUEST_LOG: json.dumps(sandbox.requests(), ensure_ascii=False).encode(), DATABASE: database}


def _rows(database: Path) -> bytes:
    connection = sqlite3.connect(database)
    try:
        return "\n".join(connection.iterdump()).encode()
    finally:
        connection.close()


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file that a command left, by its name; those inside of a plan file one by one."""
    for path in folder.rglob("*"):
        if path.is_file() and ".terraform" not in path.parts:
            name = str(path.relative_to(folder))
            yield name, path.read_bytes()
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    yield from ((f"{name}:{inner}", archive.read(inner)) for inner in archive.namelist())
