"""The failed nodes of a run, from answers of any shape."""

from typing import Any

import pytest

from provider.client.api import AtlanApi
from provider.client.errors import AtlanError
from provider.client.run_nodes import RunNode, failed_nodes
from tests.support.http_server import Reply, ScriptedServer

FAILED = RunNode("extract", "Failed", "no access", has_error=True)
GOOD = {"status": "Succeeded", "error_message": None}
SHAPES = {
    "an object of nodes": {"status": "Failed", "run_id": "r", "dag_nodes": {"load": GOOD, "extract": "FAILED"}},
    "only the nodes": {"load": GOOD, "extract": "FAILED"},
    "a list": [{"name": "load", **GOOD}, {"name": "extract", "status": "Failed", "error_message": "no access"}],
    "a list in an object": {"data": {"nodes": [{"name": "extract", "phase": "Failed", "message": "no access"}]}},
    "other keys": {"steps": [{"displayName": "extract", "status": "Failed", "errorMessage": " no access\n"}]},
    "a message in an object": {"nodes": {"extract": {"status": "Failed", "error": {"message": "no access"}}}},
    "an id instead of a name": {"nodes": [{"id": "extract", "status": "Failed", "error_message": "no access"}]},
}


def with_node(shape: Any) -> Any:
    """Return the shape with the node in place of its mark."""
    if isinstance(shape, dict):
        return {key: with_node(each) for key, each in shape.items()}
    return {"status": "Failed", "error_message": "no access"} if shape == "FAILED" else shape


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_the_failed_node_is_found_in_any_shape(shape: Any) -> None:
    """By its name, its status and its message."""
    (node,) = failed_nodes(with_node(shape))
    assert FAILED[:3] == node[:3]


@pytest.mark.parametrize(
    ("status", "message", "expected"),
    [
        ("Failed", "no", True),
        ("ERROR", "", True),
        ("Cancelled", "", True),
        ("TimedOut", "", True),
        ("", "no", True),
        ("Odd", "no", True),
        ("Odd", "", False),
        ("Succeeded", "a note", False),
        ("Completed", "a note", False),
        ("Skipped", "not run", False),
        ("Running", "tried again", False),
    ],
)
def test_a_node_failed_by_its_status_or_with_an_error(status: str, message: str, expected: bool) -> None:
    """A message of a node that did not fail is a note."""
    found = failed_nodes({"a": {"status": status, "error_message": message}})
    assert ([RunNode("a", status, message, has_error=bool(message))] if expected else []) == found


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"extract": {"status": "Done well", "message": "1,000 assets"}}, []),
        ({"status": "success", "message": "Run fetched", "data": {"extract": {"status": "Failed"}}}, ["extract"]),
        ({"code": 200, "message": "OK", "nodes": [{"name": "extract", "status": "Error"}]}, ["extract"]),
        ({"extract": {"message": "no status"}}, []),
        ({"status": "Failed", "message": "ok", "dag_nodes": {"extract": {"status": "Failed"}}}, ["extract"]),
        ({"extract": {"status": "Succeeded", "outputs": {"message": "142 assets"}}}, []),
        ({"publish": {"id": "8f14e45f", "status": "Failed"}}, ["publish"]),
        ({"extract": {"status": "Failed", "message": "no access"}}, ["extract"]),
    ],
)
def test_a_message_that_is_not_an_error_makes_no_node_fail(value: Any, expected: list[str]) -> None:
    """A success can have a message too, and so can the object around the nodes."""
    assert expected == [node.name for node in failed_nodes(value)]


def test_nodes_that_ended_the_run_come_first() -> None:
    """A node that failed causes the end of the others."""
    nodes = [("a", "Cancelled", "stopped"), ("b", "Failed", ""), ("c", "TimedOut", "late"), ("d", "Stopped", "")]
    found = failed_nodes({name: {"status": status, "error_message": text} for name, status, text in nodes})
    assert ["c", "b", "a", "d"] == [node.name for node in found]


def test_nodes_with_a_message_come_first() -> None:
    """Otherwise the order is that of the answer."""
    nodes = {name: {"status": "Failed", "error_message": text} for name, text in [("a", ""), ("b", "x"), ("c", "y")]}
    assert ["b", "c", "a"] == [node.name for node in failed_nodes(nodes)]


@pytest.mark.parametrize(
    "value",
    [None, 1, "Failed", [], {}, [[[[[[[[{"name": "deep", "status": "Failed"}]]]]]]]], {"a": {"status": 3, "name": []}}],
)
def test_an_answer_that_is_not_understood_has_no_nodes(value: Any) -> None:
    """It is not an error either."""
    assert [] == failed_nodes(value)


def test_a_repr_contains_no_text_of_a_message() -> None:
    """It can contain a secret."""
    assert "no access" not in repr([FAILED])


def test_the_nodes_are_read_by_the_id_of_the_run(api: AtlanApi, server: ScriptedServer) -> None:
    """With one GET."""
    server.plays(Reply(body={"dag_nodes": {"extract": {"status": "Failed", "error_message": "no access"}}}))
    assert [FAILED] == api.get_failed_nodes("r-1")
    (request,) = server.requests
    assert ("GET", "/api/service/package-workflows/native-status/r-1") == (request.method, request.path)
    assert [("execution_mode", "automation-engine")] == request.query


@pytest.mark.parametrize("reply", [Reply(404, "<html>"), Reply(404, {"message": "no"}), Reply(200, "text")])
def test_a_tenant_without_the_read_is_an_error_of_the_client(
    api: AtlanApi, server: ScriptedServer, reply: Reply
) -> None:
    """After one request."""
    server.plays(reply)
    with pytest.raises(AtlanError):
        api.get_failed_nodes("r-1")
    assert 1 == len(server.requests)
