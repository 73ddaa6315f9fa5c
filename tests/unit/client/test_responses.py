"""The answer models: what an answer may leave out, hide, or write in another way."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from provider.client.api import AtlanApi
from provider.client.errors import UnusableAnswer
from provider.client.responses import Run, Workflow
from tests.support.http_server import Reply, ScriptedServer


def dag(args: Any) -> dict[str, Any]:
    return {"extract": {"inputs": {"args": args}}}


@pytest.mark.parametrize(
    ("wire", "inputs"),
    [
        ({}, None),
        ({"dag": None}, None),
        ({"dag": []}, None),
        ({"dag": "text"}, None),
        ({"dag": {"extract": None}}, None),
        ({"dag": {"extract": {"inputs": {}}}}, None),
        ({"dag": dag(None)}, None),
        ({"dag": dag([1])}, None),
        ({"dag": dag("no JSON")}, None),
        ({"dag": dag("[" * 200_000)}, None),
        ({"dag": dag("[1]")}, None),
        ({"dag": dag({})}, {}),
        ({"dag": dag({"a": {"b": None}})}, {"a": {"b": None}}),
        ({"dag": dag(json.dumps({"a": 2**70, "b": 0.1}))}, {"a": 2**70, "b": 0.1}),
        ({"inputs": {"not": "these"}}, None),
    ],
)
def test_inputs_are_read_where_the_service_keeps_them(
    wire: dict[str, Any], inputs: Any, api: AtlanApi, server: ScriptedServer
) -> None:
    """Inputs are an object or its JSON text. Otherwise they are hidden, not empty."""
    server.plays(Reply(body={"slug": "s", **wire}))
    assert inputs == api.get_workflow("s").inputs


@pytest.mark.parametrize(
    ("version", "number"), [(1717286400, 1717286400), ("1717286400", 1717286400), (None, None), (2**53 + 1, 2**53 + 1)]
)
def test_a_version_is_a_number_however_it_is_written(
    version: Any, number: int | None, api: AtlanApi, server: ScriptedServer
) -> None:
    """Digits as text are accepted."""
    server.plays(Reply(body={"slug": "s", "version": version}))
    assert number == api.update_workflow("s", inputs={}).version


@pytest.mark.parametrize("schedules", [None, [], [{"trigger_id": "t", "enabled": True}]])
def test_hidden_schedules_differ_from_no_schedules(schedules: Any, api: AtlanApi, server: ScriptedServer) -> None:
    """None means not shown, and an empty list means no schedules. A row may have no cron."""
    server.plays(Reply(body={"slug": "s", "schedules": schedules}))
    found = api.get_workflow("s").schedules
    assert (None if schedules is None else len(schedules)) == (None if found is None else len(found))


@pytest.mark.parametrize(
    ("wire", "call"),
    [
        ({"slug": "s"}, lambda api: api.delete_workflow("s")),
        ({"trigger_id": "t"}, lambda api: api.remove_schedule("s", "t")),
        ({"run_id": "r"}, lambda api: api.cancel_run("r")),
    ],
    ids=["archived", "deleted", "cancelled"],
)
def test_an_answer_without_its_result_is_refused(
    wire: dict[str, Any], call: Callable[[AtlanApi], object], api: AtlanApi, server: ScriptedServer
) -> None:
    """A refusal and a missing answer are different."""
    server.plays(Reply(body=wire))
    with pytest.raises(UnusableAnswer, match="Field required"):
        call(api)


def test_inputs_are_not_in_a_repr() -> None:
    """A repr leaves out what may contain secrets."""
    app = Workflow.model_validate({"slug": "s", "dag": dag({"password": "hunter2"})})
    assert {"password": "hunter2"} == app.inputs
    assert "hunter2" not in repr(app)


@pytest.mark.parametrize(
    ("status", "finished", "succeeded"),
    [
        ("Pending", False, False),
        ("Running", False, False),
        ("Paused", False, False),
        ("Succeeded", True, True),
        ("Failed", True, False),
        ("Error", True, False),
        ("Cancelled", True, False),
        ("Stopped", True, False),
        ("Terminated", True, False),
        ("Skipped", True, False),
        ("Unheard-of", False, False),
        (None, False, False),
    ],
)
def test_a_run_knows_whether_it_has_ended(status: str | None, finished: bool, succeeded: bool) -> None:
    """Only Succeeded is a success. An unknown status is not final."""
    run = Run(run_id="r", status=status)
    assert (finished, succeeded) == (run.finished, run.succeeded)
