"""The reason of a failed run, as a user reads it."""

from typing import Any

import pytest

from provider.client.api import AtlanApi
from provider.resources.run.failure_reason import find
from tests.support.http_server import Reply, ScriptedServer
from tests.support.provider_data import provider_data
from tests.support.run_resource import STATE

ADVICE = "*** stands for names and values, because a message can quote a credential that this apply has not sent."


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
        (
            nodes(extract=failed("password hunter2 refused")),
            f"The node extract ended as Failed: password *** refused\n{ADVICE}",
        ),
        (nodes(**{"extract(0:hunter2)": failed("no")}), "The node extract ended as Failed: no"),
        (nodes(**{"0:hunter2": failed("no")}), "A node ended as Failed: no"),
        (
            nodes(**{name: failed("no") for name in "abcd"}),
            "\n".join([*(f"The node {name} ended as Failed: no" for name in "abc"), "1 more node did not succeed."]),
        ),
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
    """Without values that can be secrets. A tenant that does not return nodes is asked once and causes no error."""
    server.plays(reply)
    assert expected == find(provider_data(api), STATE | {"status": "Failed"})
    assert 1 == len(server.requests)


def test_a_skipped_run_has_no_nodes(api: AtlanApi, server: ScriptedServer) -> None:
    """So nothing is requested."""
    assert find(provider_data(api), STATE | {"status": "Skipped"}) is None
    assert [] == server.requests


def test_a_message_is_shown_whole_if_this_process_has_sent_the_credential(
    api: AtlanApi, server: ScriptedServer
) -> None:
    """The guard for secrets knows it."""
    server.plays(nodes(extract=failed("password hunter2 refused")))
    data = provider_data(api)
    data.add_sent_credential("s-1")
    assert "The node extract ended as Failed: password hunter2 refused" == find(data, STATE | {"status": "Failed"})
