"""The reason of a failed run, as a user reads it."""

from typing import Any

import pytest

from provider.client.api import AtlanApi
from provider.framework import redaction
from provider.framework.plain_text import clean
from provider.framework.redaction import Registration
from provider.resources.run.failure_reason import find
from tests.support.http_server import Reply, ScriptedServer


def nodes(**told: Any) -> Reply:
    return Reply(body={"status": "Failed", "dag_nodes": told})


def failed(message: str | None = None, status: str = "Failed") -> dict[str, Any]:
    return {"status": status, "error_message": message}


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (nodes(extract=failed("access denied")), "The node extract ended as Failed: access denied"),
        (nodes(extract=failed(status="error")), "The node extract ended as Error."),
        (nodes(extract=failed("access denied", "TimedOut")), "The node extract failed: access denied"),
        (nodes(extract=failed("a dataset is missing")), "The node extract ended as Failed: a dataset is missing"),
        (nodes(**{"extract(0:analytics)": failed("no")}), "The node extract(0:analytics) ended as Failed: no"),
        (nodes(**{"": failed("no")}), "A node ended as Failed: no"),
        (
            nodes(**{name: failed("no") for name in "abcde"}),
            "\n".join([*(f"The node {name} ended as Failed: no" for name in "abc"), "2 more nodes did not succeed."]),
        ),
        (nodes(extract={"status": "Succeeded"}), None),
        (Reply(body=[]), None),
        (Reply(404, "<html>"), None),
        (Reply(404, {"code": 404, "message": "no such run"}), None),
        (Reply(403, {"code": 403, "message": "no"}), None),
        (Reply(500, {"code": 500, "message": "no"}), None),
        (Reply(200, "{"), None),
        (Reply(act="drop"), None),
    ],
)
def test_the_reason_consists_of_the_failed_nodes(
    api: AtlanApi, server: ScriptedServer, reply: Reply, expected: str | None
) -> None:
    """A tenant that does not return nodes is asked once and causes no error."""
    server.plays(reply)
    assert expected == find(api, "r-1", "Failed")
    assert 1 == len(server.requests)


def test_a_skipped_run_has_no_nodes(api: AtlanApi, server: ScriptedServer) -> None:
    """So nothing is requested."""
    assert find(api, "r-1", "Skipped") is None
    assert [] == server.requests


def test_a_secret_that_a_message_quotes_is_redacted(api: AtlanApi, server: ScriptedServer) -> None:
    """The reason contains it. The guard removes it from everything that the call shows."""
    server.plays(nodes(extract=failed("pass\u200bword=hunter2 was refused")))
    with Registration() as registration:
        redaction.set_current(registration)
        try:
            reason = find(api, "r-1", "Failed")
        finally:
            redaction.set_current(None)
        shown = redaction.redact(clean(str(reason)))
    assert "The node extract ended as Failed: password=*** was refused" == shown
