"""A secret that is looked for wherever something of it might have been left."""

import json
import zipfile
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

from tests.support.sandbox import Sandbox

CANARY = 'c4nary-"1"/one+ü'
ROTATED = 'r0tated-"2"/two+ü'


def forms(secret: str) -> set[bytes]:
    """The secret as it is, and as JSON, HCL, URLs and base64 write it, alone or inside of something longer."""
    texts = {secret, json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]}
    texts |= {json.dumps(text)[1:-1] for text in set(texts)}
    texts |= {quote(secret, ""), quote(secret), quote_plus(secret)}
    found = {text.encode() for text in texts}
    for before in range(3):
        data = secret.encode()
        whole = b64encode(bytes(before) + data)
        inner = whole[-(-8 * before // 6) : 8 * (before + len(data)) // 6]
        found |= {inner, inner.translate(bytes.maketrans(b"+/", b"-_"))}
    return found


def assert_nowhere(secret: str, sandbox: Sandbox, folder: Path, *outputs: str) -> None:
    """No form of the secret is in an output, a file of the folder, the request log or the sandbox's database."""
    searched = {f"output {number}": text.encode() for number, text in enumerate(outputs)}
    searched["request log"] = json.dumps(sandbox.requests(), ensure_ascii=False).encode()
    searched |= dict(_files(folder))
    searched |= {str(path): path.read_bytes() for path in sandbox.database.parent.glob(f"{sandbox.database.name}*")}
    assert [] == [name for name, data in searched.items() if any(form in data for form in forms(secret))]


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file that a command left, those inside of a plan file one by one."""
    for path in folder.rglob("*"):
        if path.is_file() and ".terraform" not in path.parts:
            yield str(path), path.read_bytes()
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    yield from ((f"{path}:{name}", archive.read(name)) for name in archive.namelist())
