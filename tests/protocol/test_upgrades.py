"""State upgraders of a resource, in UpgradeResourceState and in a move from the same type."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from provider.framework import DYNAMIC, NUMBER, STRING, Attribute, Json, Provider, Resource, Schema, State
from provider.framework.testing import METHODS, Caller, diagnostics, in_process

THIRD = "0.333333333333333333333333333333333333333333"


def _first(state: dict[str, Json]) -> dict[str, Json]:
    return {"label" if name == "title" else name: value for name, value in state.items()}


def _third(state: dict[str, Json]) -> dict[str, Json]:
    return {"name" if name == "label" else name: value for name, value in state.items()}


class Item(Resource[State]):
    name = "item"
    schema = Schema(
        [
            Attribute("name", STRING, optional=True, description=""),
            Attribute("number", NUMBER, optional=True, description=""),
            Attribute("extra", DYNAMIC, optional=True, description=""),
        ],
        description="",
        version=4,
    )
    state_upgraders: Mapping[int, Callable[[dict[str, Json]], dict[str, Json]]] = {1: _first, 3: _third}

    create = read = update = delete = None  # type: ignore[assignment]


class Items(Provider):
    address = "registry.terraform.io/example/items"
    prefix = "items_"
    resources = (Item,)


@pytest.fixture
def call() -> Caller:
    return in_process(Items())


def upgrade(call: Caller, version: int, state: str) -> Any:
    request = METHODS["UpgradeResourceState"].request(
        type_name="items_item", version=version, raw_state={"json": state.encode()}
    )
    return call("UpgradeResourceState", request)


@pytest.mark.parametrize(
    ("version", "name", "expected"),
    [
        (1, "title", {"name": "a"}),
        (2, "label", {"name": "a"}),
        (3, "label", {"name": "a"}),
        (4, "name", {"name": "a"}),
        # a version before the first upgrader starts with that upgrader
        (0, "title", {"name": "a"}),
        # an attribute that no upgrader renames is left out
        (2, "title", {}),
    ],
)
def test_upgraders_run_from_the_version_of_the_state(call: Caller, version: int, name: str, expected: Any) -> None:
    """The upgraders from that version on run one after another. A version without an upgrader needs no change."""
    answer = upgrade(call, version, json.dumps({name: "a"}))
    assert ([], expected) == (diagnostics(answer), json.loads(answer.upgraded_state.json))


def test_numbers_and_dynamic_values_are_the_same_after_an_upgrade(call: Caller) -> None:
    """A number keeps all its digits, and a dynamic value keeps its type, although an upgrader ran."""
    extra = f'{{"value":[{THIRD},1,1.5,null,true],"type":["tuple",["number","number","number","string","bool"]]}}'
    for number in (THIRD, "9" * 5000, "-12", "1e400", "0.1", str(2**64)):
        answer = upgrade(call, 1, f'{{"title":"\u00e9\\"","number":{number},"extra":{extra}}}')
        assert [] == diagnostics(answer)
        assert f'"number":{number},"extra":{extra}' in answer.upgraded_state.json.decode()
        assert json.loads(answer.upgraded_state.json, parse_int=str)["name"] == 'é"'


def test_an_upgrader_receives_plain_numbers(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers of 64 bits are integers, and others are floats."""
    seen: list[Json] = []

    def look(state: dict[str, Json]) -> dict[str, Json]:
        seen.append(state["number"])
        return state

    monkeypatch.setattr(Item, "state_upgraders", {3: look})
    for number in ("5", "0.5", "1e400"):
        upgrade(call, 3, f'{{"number":{number}}}')
    assert [5, 0.5, float("inf")] == seen
    assert [int, float] == [type(each) for each in seen[:2]]


def test_a_newer_version_is_an_error(call: Caller) -> None:
    """A state that a newer version of the provider wrote is refused with advice."""
    answer = upgrade(call, 5, '{"name":"a"}')
    assert [("error", "The state of items_item is newer than this provider")] == diagnostics(answer)
    assert "The state has schema version 5" in answer.diagnostics[0].detail


def test_an_upgrader_that_fails_is_a_diagnostic(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception of an upgrader is reported as unexpected, and no state is returned."""
    monkeypatch.setattr(Item, "state_upgraders", {3: lambda state: state["missing"]})
    answer = upgrade(call, 3, "{}")
    assert [("error", "The provider failed unexpectedly")] == diagnostics(answer)
    assert b"" == answer.upgraded_state.json


def test_a_move_from_another_registry_upgrades_too(call: Caller) -> None:
    """The same type under another registry's address is upgraded from its version, and keeps its private state."""
    request = METHODS["MoveResourceState"].request(
        source_type_name="items_item",
        source_provider_address="registry.opentofu.org/example/items",
        source_schema_version=1,
        source_state={"json": b'{"title":"a"}'},
        source_private=b"{}",
        target_type_name="items_item",
    )
    answer = call("MoveResourceState", request)
    assert [] == diagnostics(answer)
    assert ({"name": "a"}, b"{}") == (json.loads(answer.target_state.json), answer.target_private)
