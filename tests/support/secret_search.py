"""Search for secrets in everything that a command writes or sends."""

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
    """Return the encoded forms of a secret: plain, JSON, HCL, URLs and base64, alone or inside a longer text."""
    written = {secret, json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]}
    found = {form for text in written for form in _encoded(text)}
    return found | {text.encode() for text in written}


def _encoded(text: str) -> Iterator[bytes]:
    """Yield the text as JSON and URLs encode it, and as base64 does at any offset, in both alphabets."""
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
    """Return the names of the data that contain the secret in any form."""
    looked_for = forms(secret)
    return [name for name, data in searched.items() if any(form in data for form in looked_for)]


class Recorder:
    """Run commands of a workspace at TF_LOG=TRACE, and keep a copy of what each one wrote."""

    def __init__(self, sandbox: Sandbox, workspace: Workspace) -> None:
        self._sandbox = sandbox
        self._workspace = workspace
        self._log = workspace.directory.parent / f"{workspace.directory.name}.log"
        self._kept: dict[str, bytes] = {}
        self._commands = 0

    def run(self, *arguments: str) -> Result:
        """Run a command and wait for its end."""
        self._workspace.env |= {"TF_LOG": "TRACE", "TF_LOG_PATH": str(self._log)}
        result = self._workspace.run(*arguments)
        self._commands += 1
        name = f"{self._commands} {arguments[0]}"
        self._kept |= {f"{name}: stdout": result.stdout.encode(), f"{name}: stderr": result.stderr.encode()}
        self._kept |= {f"{name}: {path}": data for path, data in files(self._workspace.directory)}
        return result

    def recorded(self) -> dict[str, bytes]:
        """Return all data so far: by ``<number> <command>: <file or stream>``, and by the names above."""
        return self._kept | {TRACE_LOG: self._log.read_bytes()} | _kept_by(self._sandbox)


def _kept_by(sandbox: Sandbox) -> dict[str, bytes]:
    """Return the request log, and the database as files and as rows, because a long row is split in a file."""
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
    """Yield each file of a folder by its name, and the files inside a plan file one by one."""
    for path in folder.rglob("*"):
        if path.is_file() and ".terraform" not in path.parts:
            name = str(path.relative_to(folder))
            yield name, path.read_bytes()
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    yield from ((f"{name}:{inner}", archive.read(inner)) for inner in archive.namelist())
