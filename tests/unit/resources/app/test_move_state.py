"""The first read and the first plan after a move."""

import threading
from typing import Any

import pytest

from provider.client.responses import Workflow
from provider.framework import Context, Diagnostics, MoveSource, State, UserError
from provider.resources.app import move_state
from provider.resources.app.schema import SCHEMA
from tests.support.app_resource import Serve

SLUG = "bigquery-prod-AbC123"
SECRET = "not-a-real-secret-0815"
CONTRACT = {"properties": {"flag": {"default": False}, "agent_json": {"default": "{}"}, "extra": {}}}
CURRENT = {"app_id": "bigquery-crawler", "name": "bigquery prod"}


def context(**private: Any) -> Context:
    return Context(Diagnostics(), "atlan_app", threading.Event(), private=private)


def moved(**known: Any) -> State:
    return {**dict.fromkeys(SCHEMA.by_name), "id": SLUG, "slug": SLUG, **known}


def workflow(inputs: dict[str, Any] | None = None, **told: Any) -> Workflow:
    extract = {} if inputs is None else {"dag": {"extract": {"inputs": {"args": inputs}}}}
    return Workflow.model_validate({"slug": SLUG, "version": 7, **CURRENT, **extract, **told})


def read(serve: Serve, ctx: Context, app: Workflow, current: State) -> State:
    return move_state.read(ctx, *serve(CONTRACT), app, current)


@pytest.mark.parametrize(
    ("named", "remote", "expected"),
    [
        (["flag"], {"flag": False, "extra": 1}, {"flag": False}),
        (["flag"], {"flag": True, "extra": 1}, {"flag": True}),
        ([], {"flag": False, "extra": 1}, {"extra": 1}),
        (["flag", "gone"], {"flag": None, "extra": 1}, {}),
        (["extra"], {"extra": '{"a": 1}'}, {"extra": {"a": 1}}),
        (["agent_json"], {"agent_json": {"password": SECRET}}, {}),
        (["connection", "credential", "credential_guid", "user_id"], {"credential_guid": "g", "user_id": "u"}, {}),
        (["flag"], None, None),
    ],
    ids=[
        "at its default",
        "not at its default",
        "none named",
        "gone",
        "JSON text",
        "a secret",
        "only inputs of the service",
        "hidden",
    ],
)
def test_the_first_read_takes_the_inputs_that_the_source_managed(
    serve: Serve, named: list[str], remote: dict[str, Any] | None, expected: dict[str, Any] | None
) -> None:
    """With the values of the service. Without names, all inputs as in an import. Never one that may be secret."""
    ctx = context(moved_inputs=named)
    state = read(serve, ctx, workflow(remote), moved(**CURRENT))
    assert (expected, 7) == (state["inputs"], state["version"])
    assert {"imported_inputs": sorted(expected or {}), "version": 7} == ctx.private
    assert SCHEMA.by_name.keys() == state.keys()


@pytest.mark.parametrize(
    ("told", "known", "expected"),
    [
        ({}, {}, CURRENT),
        ({"name": "as it is"}, CURRENT, CURRENT | {"name": "as it is"}),
        ({"name": None, "app_id": None}, CURRENT, CURRENT),
    ],
)
def test_the_app_and_the_name_are_from_the_service_or_from_the_source(
    serve: Serve, told: dict[str, Any], known: dict[str, Any], expected: dict[str, Any]
) -> None:
    """Without a value of the service, the known one stays."""
    state = read(serve, context(moved_inputs=[]), workflow(**told), moved(**known))
    assert expected == {name: state[name] for name in expected}


@pytest.mark.parametrize("told", [{"name": None}, {"app_id": None}])
def test_a_workflow_without_a_known_app_and_name_is_not_moved(serve: Serve, told: dict[str, Any]) -> None:
    """The next plan would replace it."""
    with pytest.raises(UserError, match=f"{SLUG} cannot be moved"):
        read(serve, context(moved_inputs=[]), workflow(**told), moved())


@pytest.mark.parametrize(
    ("private", "state", "expected"),
    [
        ({"moved_inputs": []}, moved(), True),
        ({"moved_inputs": ["flag"]}, moved(**CURRENT), True),
        ({}, moved(), False),
        ({"moved_inputs": []}, moved(**CURRENT, version=7), False),
        ({"moved_inputs": []}, moved(**CURRENT, inputs={}), False),
    ],
)
def test_a_move_is_unread_until_something_was_read_or_published(
    private: dict[str, Any], state: State, expected: bool
) -> None:
    """A publish without a refresh leaves the mark of the move, and the state shows that it is over."""
    assert expected == move_state.is_unread(context(**private), state)


@pytest.mark.parametrize("known", [{}, {"app_id": "a"}, {"name": "n"}])
def test_an_unread_move_without_app_or_name_is_not_planned(known: dict[str, str]) -> None:
    """With both it is."""
    with pytest.raises(UserError, match=f"{SLUG} was moved and not read yet"):
        move_state.check_plan(context(moved_inputs=[]), moved(**known))
    move_state.check_plan(context(moved_inputs=[]), moved(**CURRENT))


def test_a_move_keeps_the_names_of_inputs_alone() -> None:
    """In private state, because the values in the body contain secrets."""
    ctx = context()
    stored = {"id": SLUG, "path": "/app", "data": {"inputs": {"z": SECRET, "a": {"b": SECRET}}}}
    state = move_state.move(ctx, MoveSource("registry.terraform.io/mastercard/restapi", "restapi_object", 0, stored))
    assert (moved(), {"moved_inputs": ["a", "z"]}) == (state, ctx.private)
