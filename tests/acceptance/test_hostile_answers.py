"""A server that is not the service: each of its responses is a clear error, in bounded time and memory."""

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psutil
import pytest

from tests.support.configurations import app
from tests.support.http_server import Received, Reply, ScriptedServer, http_server
from tests.support.terraform import PROVIDER, Running, Workspace

KEY = "hostile-test-key"
SECONDS = 30.0
"""The longest time of a command against a server that responds at once. Includes the launches."""
MIB = 2**20
MOST_MEMORY = 300 * 10**6
"""The largest memory of the provider's process. With all its libraries it needs about 80 MiB."""
ESCAPES = "\x1b[31mred\x1b]0;title\x07 \x00bell\u009b2J"
OBEYED = "\x1b\x07\x00\u009b"

IMPORT = 'import {\n  to = atlan_app.crawler\n  id = "SLUG"\n}\n'


@dataclass(frozen=True)
class Row:
    """A case: the response to each request, the parts of the error, and the import id of the workflow."""

    reply: Reply | Callable[[Received], Reply]
    said: tuple[str, ...]
    slug: str = "crawler-AbC123"


def _endless(request: Received) -> Reply:
    cursor = dict(request.query).get("cursor", "0")
    return Reply(body={"workflows": [], "has_more": True, "next_cursor": f"{int(cursor) + 1}"})


NOT_THE_SERVICE = "The answer did not come from the service"
TOO_MANY = "it contains more than 1,000,000 values"


@cache
def compressed(start: bytes, repeated: bytes, end: bytes, megabytes: int) -> Reply:
    """Return a large reply that is sent as some KiB."""
    body = start + repeated * ((megabytes * MIB - len(start + end)) // len(repeated)) + end
    return Reply(body=gzip.compress(body, 1), headers={"Content-Encoding": "gzip"})


def _large(start: str, repeated: str, end: str, megabytes: int = 31) -> Callable[[Received], Reply]:
    return lambda _: compressed(start.encode(), repeated.encode(), end.encode(), megabytes)


ROWS = {
    "many lists": Row(_large('{"slug": "s", "x": [', "[[]],", "[]]}"), (NOT_THE_SERVICE, TOO_MANY)),
    "many objects": Row(_large("[", '{"a":{}},', "{}]"), (NOT_THE_SERVICE, TOO_MANY)),
    "many texts": Row(_large("[", '"ab",', '""]'), (NOT_THE_SERVICE, TOO_MANY)),
    "many inputs": Row(
        _large('{"slug": "crawler-AbC123", "dag": {"extract": {"inputs": {"args": {"a": [', "[[]],", "[]]}}}}}", 1),
        ("The workflow has too many inputs", "the inputs contain more than 120,000 values"),
    ),
    "a text of wide characters": Row(
        _large('{"slug": "s", "x": "', "\\u00e9", '\U0001f511"}'), (NOT_THE_SERVICE, "about another object")
    ),
    "a page of HTML": Row(Reply(body="<!doctype html><title>Sign in</title>"), (NOT_THE_SERVICE, "a page of HTML")),
    "half of the JSON": Row(Reply(body='{"slug": "crawler-AbC123", "na'), (NOT_THE_SERVICE, "broken JSON")),
    "a list": Row(Reply(body=[]), (NOT_THE_SERVICE, "valid dictionary")),
    "wrong types": Row(Reply(body={"slug": "s", "name": [], "version": "v"}), (NOT_THE_SERVICE, "version: ")),
    "nothing that matters": Row(Reply(body={}), (NOT_THE_SERVICE, "slug: Field required")),
    "ten thousand brackets": Row(Reply(body="[" * 10_000 + "]" * 10_000), (NOT_THE_SERVICE, "broken JSON")),
    "200 MB": Row(Reply(body=b'{"slug": "' + b"x" * 200_000_000 + b'"}'), (NOT_THE_SERVICE, "larger than 32 MiB")),
    "200 MB of an error": Row(Reply(400, b'{"message": "' + b"x" * 200_000_000 + b'"}'), ("larger than 4 MiB",)),
    "a cursor without end": Row(
        _endless, (NOT_THE_SERVICE, "no last page of the list was found"), slug="name:bigquery prod"
    ),
    "dots for a slug": Row(Reply(body={}), ('"../../v1/apps" is not an import id',), slug="../../v1/apps"),
    "dots in the answer": Row(
        Reply(body={"slug": "../../etc", "name": "n"}), (NOT_THE_SERVICE, "slug: String should match")
    ),
    "escapes in a message": Row(Reply(400, {"code": 1, "message": ESCAPES}), ("The service refused", "red")),
    "escapes in a name": Row(Reply(409, {"message": "m", "slug": ESCAPES}), ("a text that is not a slug",)),
}


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with http_server() as running:
        yield running


class Watched:
    """The largest memory in bytes of a command's plugins, measured while the command runs."""

    def __init__(self, running: Running) -> None:
        self._command = psutil.Process(running.process.pid)
        self._ended = threading.Event()
        self.most = 0
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def _look(self) -> None:
        while not self._ended.wait(0.01):
            try:
                plugins = self._command.children(recursive=True)
                self.most = max([self.most, *(each.memory_info().rss for each in plugins)])
            except psutil.Error:  # the process ended during the measurement
                continue

    def end(self) -> None:
        self._ended.set()
        self._thread.join()


def run(tmp_path: Path, server: ScriptedServer, configuration: str, *command: str) -> tuple[str, int]:
    """Run a command that must fail in time. Return its output and the largest memory of the provider."""
    workspace = Workspace(tmp_path / "workspace", server.url, KEY)
    workspace.write(PROVIDER + 'provider "atlan" {\n  max_retries = 0\n}\n', "versions.tf")
    workspace.write(configuration)
    workspace.init().ok()
    started = time.monotonic()
    with workspace.start(*command) as running:
        watched = Watched(running)
        try:
            result = running.wait(SECONDS)
        finally:
            watched.end()
    assert time.monotonic() - started < SECONDS
    result.failed("Error: ")
    return result.output, watched.most


@pytest.mark.parametrize("name", ROWS)
def test_a_hostile_answer_is_an_error_within_bounds(name: str, tmp_path: Path, server: ScriptedServer) -> None:
    """The error names the problem without escape sequences, in bounded time and memory."""
    row = ROWS[name]
    server.always = row.reply
    configuration = IMPORT.replace("SLUG", row.slug) + app()
    output, memory = run(tmp_path, server, configuration, "plan")
    told = " ".join(output.replace("│", " ").split())
    for part in row.said:
        assert part in told, output
    assert "unexpectedly" not in told
    assert "Traceback" not in told
    assert "" == "".join(character for character in output if character in OBEYED)
    assert 0 < memory < MOST_MEMORY, f"{memory / MIB:.0f} MiB"


def test_a_hostile_answer_to_a_create_is_an_error_too(tmp_path: Path, server: ScriptedServer) -> None:
    """A slug with dots is refused: no request contains it, and state does not contain it."""
    server.always = Reply(body={"slug": "../../etc", "version": 1, "name": ESCAPES})
    output, _ = run(tmp_path, server, app(), "apply", "-auto-approve")
    assert "unexpectedly" not in output
    assert "" == "".join(character for character in output if character in OBEYED)
    assert "is not known whether" in " ".join(output.replace("│", " ").split())
    assert [] == [each.path for each in server.requests if "etc" in each.path]


# Its plan sends nothing, so the apply begins with a write.
CREDENTIAL = """
resource "atlan_credential" "it" {
  auth_type             = "basic"
  connector_config_name = "atlan-connectors-postgres"
  password_wo           = "not-a-real-password"
  secret_wo_version     = 1
}
"""


def test_the_key_does_not_follow_a_redirect(tmp_path: Path, server: ScriptedServer) -> None:
    """The other host receives no request, neither for a read nor for a write."""
    with http_server() as other:
        server.always = lambda request: Reply(307, headers={"Location": other.url + request.path})
        for command in (("plan",), ("apply", "-auto-approve")):
            output, _ = run(tmp_path, server, IMPORT.replace("SLUG", "crawler-AbC123") + app(), *command)
            assert "redirects to another place" in " ".join(output.replace("│", " ").split())
        output, _ = run(tmp_path, server, CREDENTIAL, "apply", "-auto-approve")
        assert 0 == other.connections
    assert {"GET", "POST"} == {each.method for each in server.requests}
