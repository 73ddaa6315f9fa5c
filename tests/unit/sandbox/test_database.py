"""The database: its file, its format, and the content after a restart."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest

from tests.support.sandbox import Sandbox
from tests.support.sandbox_program import arguments, start
from tests.support.sandbox_service import APP, CONNECTION, CREDENTIAL, QUALIFIED_NAME, Service, inputs


@pytest.mark.parametrize("content", [None, "not a database, but a text that is long enough to be told from one"])
def test_a_database_that_cannot_be_used_is_one_line(tmp_path: Path, content: str | None) -> None:
    """A missing folder, or a file that is not a database, ends the program with 1 and one line that names the file."""
    database = tmp_path / "missing" / "tenant.sqlite"
    if content is not None:
        database = tmp_path / "text.sqlite"
        database.write_text(content * 10)
    done = start(*arguments(tmp_path, **{"--database": str(database)}))
    assert (1, "", 1) == (done.returncode, done.stdout, len(done.stderr.splitlines()))
    assert str(database) in done.stderr


def test_a_database_of_another_format_is_refused(tmp_path: Path) -> None:
    """The sandbox does not change a file that a later version wrote."""
    database = tmp_path / "tenant.sqlite"
    later = sqlite3.connect(database)
    later.execute("PRAGMA user_version = 99")
    later.close()
    done = start(*arguments(tmp_path))
    assert 1 == done.returncode
    assert "format 99" in done.stderr


@pytest.mark.parametrize("ending", ["restart", "crash"])
def test_a_restart_on_the_same_file_loses_nothing(ending: str) -> None:
    """After a stop or a crash, the next process has the same state, and issued tokens stay valid."""
    with Sandbox() as sandbox:
        service = Service(sandbox)
        made = service.create(inputs=inputs(credential=CREDENTIAL), schedule={"cron": "0 9 * * *"}, run=True)
        sandbox.set_run(made.json["run_id"], "Failed")
        service.run(made.json["slug"])
        service.call("DELETE", f"{APP}/{service.slug('Gone')}")
        sent = {"clientId": "pipeline", "clientSecret": sandbox.api_key}
        token = service.call("POST", "/api/service/oauth-clients/token", sent).json["accessToken"]

        def state() -> list[object]:
            args = service.args(made.json["slug"])
            read = [f"/api/service/credentials/{args['credential_guid']}", CONNECTION + QUALIFIED_NAME]
            return [sandbox.workflows(), args, service.page(), *(service.call("GET", one).json for one in read)]

        assert service.read_connection() is not None
        before = state()
        if ending == "crash":
            sandbox.kill()
            sandbox.start()
        else:
            sandbox.restart()
        assert before == state()
        assert 200 == service.call("GET", APP, headers={"Authorization": f"Bearer {token}"}).status


def test_the_file_is_written_ahead(sandbox: Sandbox) -> None:
    """The database uses a write-ahead log, so it is consistent for other readers and after a crash."""
    with contextlib.closing(sqlite3.connect(sandbox.database)) as reader:
        assert ("wal",) == reader.execute("PRAGMA journal_mode").fetchone()


def test_a_reset_leaves_nothing_in_the_files(service: Service) -> None:
    """After a reset, the database's files do not contain deleted data any more."""
    service.create("a name to be forgotten")
    files = list(service.sandbox.database.parent.glob(f"{service.sandbox.database.name}*"))
    assert any(b"a name to be forgotten" in each.read_bytes() for each in files)
    service.sandbox.reset()
    assert [] == [each.name for each in files if each.exists() and b"a name to be forgotten" in each.read_bytes()]
