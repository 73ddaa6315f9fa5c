"""Sets, of values and of nested objects: their order does not matter, and no path leads into them."""

from collections.abc import Iterable
from typing import Any

import pytest

from provider.framework import (
    NUMBER,
    STRING,
    Attribute,
    Context,
    Finding,
    Nested,
    PlanContext,
    Provider,
    Resource,
    Schema,
    State,
    Unknown,
    set_of,
    validators,
)
from provider.framework.testing import Answer, ResourceClient, in_process, path


def _optional(name: str, type_: Any = None, **more: Any) -> Attribute:
    return Attribute(name, type_, optional=True, description="", **more)


RULE = [
    _optional("port", NUMBER, validators=[validators.between(1, 65535)]),
    _optional("protocol", STRING, default="tcp"),
    _optional("zone", STRING, requires_replace=True),
    _optional("tags", set_of(STRING), default=["b", "a"]),
    Attribute("serial", STRING, computed=True, keep=True, description=""),
    Attribute("status", STRING, computed=True, description=""),
    _optional("hosts", nested=Nested("SET", [_optional("name", STRING, requires_replace=True)])),
]
SCHEMA = Schema(
    [
        Attribute("id", STRING, computed=True, keep=True, description=""),
        _optional("names", set_of(STRING), requires_replace=True),
        _optional("labels", set_of(STRING), default=["x", "y"]),
        _optional("rules", nested=Nested("SET", RULE, validators=[validators.at_most_one_of("port", "zone")])),
    ],
    description="",
)


class Wall(Resource[State]):
    """Returns its sets in reverse order, as a service may."""

    name = "wall"
    schema = SCHEMA

    def check_config(self, config: State) -> Iterable[Finding]:
        if config["names"] == ["wrong"]:
            yield Finding("Wrong name", "", ["names", (0,)])
            yield Finding("Wrong rule", "", ["rules", (0,), "zone"])

    def plan(self, ctx: PlanContext[State], current: State | None, planned: State | None) -> State | None:
        if planned and planned["names"] == ["replaced"]:
            ctx.requires_replace.append(["rules", (0,), "zone"])
        return planned

    def create(self, ctx: Context[State], planned: State) -> State:
        rules = [{**rule, "serial": f"s-{rule['port']}", "status": "up"} for rule in reversed(planned["rules"] or [])]
        return {**_reversed(planned), "id": "1", "rules": rules}

    def read(self, ctx: Context[State], current: State) -> State:
        return _reversed(current)

    def update(self, ctx: Context[State], current: State, planned: State) -> State:
        return self.create(ctx, planned)

    def delete(self, ctx: Context[State], current: State) -> None:
        pass


def _reversed(state: State) -> State:
    return {name: value[::-1] if isinstance(value, list) else value for name, value in state.items()}


class Walls(Provider):
    address = "registry.terraform.io/example/walls"
    prefix = "walls_"
    resources = (Wall,)


BLANK: dict[str, Any] = dict.fromkeys(each.name for each in RULE)
DONE = {"protocol": "tcp", "tags": ["b", "a"], "status": "up"}
PRIOR: dict[str, Any] = {
    "id": "1",
    "names": ["a", "b"],
    "labels": ["x", "y"],
    "rules": [BLANK | DONE | {"port": 1, "serial": "s-1"}, BLANK | DONE | {"port": 2, "serial": "s-2"}],
}
CONFIG: dict[str, Any] = {"names": ["a", "b"], "rules": [BLANK | {"port": 1}, BLANK | {"port": 2}]}


@pytest.fixture
def walls() -> ResourceClient:
    return ResourceClient(in_process(Walls()), "walls_wall", SCHEMA)


def test_a_create_plans_defaults_and_unknown_values_in_every_element(walls: ResourceClient) -> None:
    """Inside a set, defaults apply, sets among them, and computed values are unknown."""
    planned = walls.plan(None, CONFIG).state
    computed = {"serial": Unknown, "status": Unknown}
    assert [BLANK | DONE | computed | {"port": port} for port in (1, 2)] == planned["rules"]
    assert ["x", "y"] == planned["labels"]


def test_a_result_in_another_order_is_accepted(walls: ResourceClient) -> None:
    """The service's order reaches state without a diagnostic."""
    created = walls.change(None, CONFIG)
    assert [] == created.diagnostics
    assert ["b", "a"] == created.state["names"]
    assert [2, 1] == [each["port"] for each in created.state["rules"]]
    read = walls.read(created.state)
    assert ([], ["a", "b"]) == (read.diagnostics, read.state["names"])


def in_order(walls: ResourceClient, prior: dict[str, Any], proposed: dict[str, Any]) -> Answer:
    return walls.plan(prior, CONFIG | {"names": proposed["names"]}, proposed)


@pytest.mark.parametrize("name", ["names", "labels", "rules"])
def test_another_order_changes_nothing(walls: ResourceClient, name: str) -> None:
    """If Terraform proposes a set in another order than state has, nothing is recomputed or replaced."""
    proposed = PRIOR | {name: PRIOR[name][::-1]}
    answer = in_order(walls, PRIOR, proposed)
    assert [] == answer.replaced
    assert Unknown not in [value for rule in answer.state["rules"] for value in rule.values()]


def test_kept_values_follow_their_element(walls: ResourceClient) -> None:
    """In a reordered set each element keeps its own computed value."""
    rules = PRIOR["rules"][::-1]
    answer = walls.plan(PRIOR, CONFIG | {"names": ["c"]}, PRIOR | {"names": ["c"], "rules": rules})
    assert [(2, "s-2", Unknown), (1, "s-1", Unknown)] == [
        (rule["port"], rule["serial"], rule["status"]) for rule in answer.state["rules"]
    ]
    assert [["names"]] == answer.replaced


HOST = {"name": "h"}


@pytest.mark.parametrize(
    ("rules", "replaced"),
    [
        ([BLANK | {"port": 3}, BLANK | {"port": 2}], []),
        ([BLANK | {"port": 1}], []),
        ([BLANK | {"port": 1, "zone": "z"}, BLANK | {"port": 2}], [["rules"]]),
        ([BLANK | {"port": 1, "hosts": [HOST]}, BLANK | {"port": 2}], [["rules"]]),
        (Unknown, [["rules"]]),
    ],
)
def test_a_change_inside_a_set_replaces_by_the_path_of_the_set(
    walls: ResourceClient, rules: Any, replaced: Any
) -> None:
    """An attribute that requires replacement counts however deep it is, and the path is the set's."""
    assert replaced == walls.plan(PRIOR, CONFIG | {"rules": rules}, PRIOR | {"rules": rules}).replaced


def test_a_set_of_values_replaces_if_its_members_change(walls: ResourceClient) -> None:
    """The order of a set of values requires no replacement, another member does."""
    assert [] == in_order(walls, PRIOR, PRIOR | {"names": ["b", "a"]}).replaced
    assert [["names"]] == in_order(walls, PRIOR, PRIOR | {"names": ["a", "c"]}).replaced


def test_a_path_into_a_set_ends_at_the_set(walls: ResourceClient) -> None:
    """Diagnostics and replacements of an element are reported on the set."""
    response = walls("ValidateResourceConfig", config=walls.full({"names": ["wrong"]}))
    assert [["names"], ["rules"]] == [path(each.attribute) for each in response.diagnostics]
    replaced = {"names": ["replaced"], "rules": PRIOR["rules"]}
    assert [["names"], ["rules"]] == walls.plan(PRIOR, replaced, PRIOR | replaced).replaced


def test_validators_run_in_every_element(walls: ResourceClient) -> None:
    """Validators of attributes and of nested objects name the element, and skip unknown values."""
    rules = [BLANK | {"port": 0}, BLANK | {"port": Unknown}, BLANK | {"port": 7, "zone": "z"}]
    assert [
        ("error", "rules.0.port is not valid"),
        ("error", "Only one of port, zone can be set"),
    ] == walls.validate({"rules": rules})
    assert [] == walls.validate({"rules": Unknown})
