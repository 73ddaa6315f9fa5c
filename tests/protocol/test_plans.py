"""PlanResourceChange: defaults, unknown values, the resource's plan, and replacements."""

from typing import Any

import pytest

from provider.framework import Unknown
from provider.framework.testing import ResourceClient, typed
from tests.support.toy_provider import Thing, ToyProvider

PRIOR = {"id": "id-1", "name": "a", "mode": "small", "order": ["a", "b"], "revision": 4}
PORT: dict[str, Any] = {"number": 1, "protocol": "tcp", "zone": "x", "assigned": "ass", "serial": "s1"}
WRITTEN = PORT | {"protocol": None, "assigned": None, "serial": None}
OWNER = {"name": "me", "level": 1, "region": "eu", "key_wo": None, "badge": "b1"}


def test_on_create_computed_values_are_unknown_and_defaults_apply(thing: ResourceClient) -> None:
    """A create plans computed attributes as unknown, those with a default as the default, others as configured."""
    planned = thing.plan(None, {"name": "a"}).state
    assert (Unknown, Unknown, "small", ["b", "a"], None) == tuple(
        planned[name] for name in ("id", "revision", "mode", "order", "extra")
    )


def test_on_update_computed_values_are_unknown_but_for_those_that_keep(thing: ResourceClient) -> None:
    """An update plans the revision as unknown and keeps the id."""
    planned = thing.plan(PRIOR, {"name": "a", "flag": True}).state
    assert ("id-1", Unknown, True) == tuple(planned[name] for name in ("id", "revision", "flag"))


def test_a_plan_without_a_change_is_the_prior_state(thing: ResourceClient) -> None:
    """Without a change nothing becomes unknown. The order of a default that is a set does not matter."""
    assert thing.full(PRIOR) == thing.plan(PRIOR, {"name": "a"}).state


def test_a_default_applies_again_once_its_value_is_not_configured(thing: ResourceClient) -> None:
    """A value that is removed from the configuration is planned as the default, on an update too."""
    answer = thing.plan(PRIOR | {"mode": "large"}, {"name": "a"})
    assert ("small", Unknown) == (answer.state["mode"], answer.state["revision"])


def test_the_hook_is_called_on_create_update_and_destroy(thing: ResourceClient, toy: ToyProvider) -> None:
    """The resource's plan is called for each kind of plan, with the names of the changed attributes."""
    thing.plan(None, {"name": "a"})
    thing.plan(PRIOR, {"name": "a", "flag": True})
    answer = thing.plan(PRIOR, None)
    kinds = [(told["current"] is None, told["planned"] is None) for _, told in toy.calls]
    assert [(True, False), (False, False), (False, True)] == kinds
    assert {"flag"} == toy.calls[1][1]["told"]["changed"]
    assert ([], None) == (answer.diagnostics, answer.state)


def test_a_hook_that_returns_nothing_changes_nothing(thing: ResourceClient) -> None:
    """A resource's plan that returns nothing does not change the plan."""
    planned = thing.plan(None, {"name": "a", "fail": "plan returns nothing"}).state
    assert ("a", Unknown) == (planned["name"], planned["id"])


def test_a_change_that_replaces_is_reported(plain: ResourceClient) -> None:
    """A change of an attribute that requires replacement returns its path. Another change returns none."""
    prior = {"id": "id-a", "name": "a", "kind": "x", "mode": "small"}
    assert [["kind"]] == plain.plan(prior, {"name": "a", "kind": "y"}).replaced
    assert [] == plain.plan(prior, {"name": "b", "kind": "x"}).replaced


@pytest.mark.parametrize(
    ("name", "before", "after", "paths"),
    [
        ("owner", OWNER, OWNER | {"region": "us"}, [["owner", "region"]]),
        ("owner", OWNER, OWNER | {"name": "you"}, []),
        ("owner", OWNER | {"region": None}, None, []),
        ("owner", OWNER, None, [["owner", "region"]]),
        ("owner", None, OWNER, [["owner", "region"]]),
        ("ports", [PORT, PORT], [WRITTEN, WRITTEN | {"zone": "y"}], [["ports", 1, "zone"]]),
        ("ports", [PORT], [WRITTEN, WRITTEN], [["ports", 1, "zone"]]),
        ("ports", [PORT], [WRITTEN | {"number": 2}], []),
        ("routes", {"r": PORT, "s": PORT}, {"r": WRITTEN, "s": WRITTEN | {"zone": None}}, [["routes", "s", "zone"]]),
        ("routes", {"r": PORT}, {"r": WRITTEN | {"number": 2}}, []),
        ("routes", {"r": PORT}, Unknown, [["routes", "r", "zone"]]),
        ("rules", [PORT], [WRITTEN | {"zone": "y"}], [["rules"]]),
        ("rules", [PORT], [WRITTEN | {"number": 2}], []),
        ("rules", [PORT], Unknown, [["rules"]]),
        ("rules", None, [WRITTEN | {"zone": None}], []),
        ("rules", None, [WRITTEN], [["rules"]]),
    ],
)
def test_nested_changes_that_replace_are_reported_with_their_path(
    thing: ResourceClient, name: str, before: Any, after: Any, paths: list[list[Any]]
) -> None:
    """The path of a nested attribute contains the index or key. Inside a set it is the path of the set."""
    assert paths == thing.plan(PRIOR | {name: before}, {"name": "a", name: after}).replaced


@pytest.mark.parametrize(
    ("name", "wrap", "protocol"),
    [
        ("ports", lambda port: [port], "udp"),
        ("routes", lambda port: {"r": port}, "udp"),
        # an element of a set has no other identity than its values, so a changed one is new
        ("rules", lambda port: [port], "tcp"),
    ],
)
def test_nested_attributes_have_their_rules_in_every_mode(
    thing: ResourceClient, name: str, wrap: Any, protocol: str
) -> None:
    """In LIST, MAP and SET, defaults apply on a create, computed values become unknown on an update, kept ones stay."""
    created = thing.plan(None, {"name": "a", name: wrap(WRITTEN)}).state
    assert wrap(PORT | {"assigned": Unknown, "serial": Unknown}) == created[name]
    prior = PRIOR | {name: wrap(PORT | {"protocol": protocol})}
    proposed = prior | {"flag": True}
    updated = thing.plan(prior, {"name": "a", "flag": True, name: wrap(WRITTEN)}, proposed).state
    assert wrap(PORT | {"protocol": "tcp", "assigned": Unknown}) == updated[name]


def test_a_nested_object_has_its_rules(thing: ResourceClient) -> None:
    """In SINGLE, defaults apply, computed values are unknown, and write-only values are null."""
    written = OWNER | {"level": None, "badge": None, "key_wo": "hidden"}
    planned = thing.plan(None, {"name": "a", "owner": written}).state
    assert OWNER | {"badge": Unknown} == planned["owner"]


def test_write_only_values_are_null_in_the_plan_and_change_nothing(thing: ResourceClient) -> None:
    """A write-only value is planned as null, although Terraform proposes it, and is not a change."""
    answer = thing.plan(PRIOR, {"name": "a", "secret_wo": "hidden"})
    assert thing.full(PRIOR) == answer.state


def test_unknown_configured_values_stay_unknown(thing: ResourceClient) -> None:
    """A configured unknown value is planned as unknown, not as a default or the prior value."""
    config = {"name": Unknown, "mode": Unknown, "owner": Unknown, "tags": {"x": Unknown}}
    planned = thing.plan(PRIOR, config).state
    assert config == {name: planned[name] for name in config}


@pytest.mark.parametrize(
    ("prior", "config"),
    [
        (typed(b'["object",{"a":"string"}]', {"a": "x"}), typed(b'["map","string"]', {"a": "x"})),
        (typed(b'["tuple",["number"]]', [1]), typed(b'["list","number"]', [1])),
    ],
)
def test_a_dynamic_value_that_is_only_written_in_another_type_changes_nothing(
    thing: ResourceClient, prior: Any, config: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A map instead of an object, or a list instead of a tuple, changes nothing, and nothing is unknown.

    After a read, the value has the type in state, so that the plan has no change. Otherwise it has the type in the
    configuration, as in the plan that Terraform compares it with.
    """
    for was_read, expected in ((True, prior), (False, config)):
        monkeypatch.setattr(Thing, "was_read", lambda _self, _current, found=was_read: found)
        answer = thing.plan(PRIOR | {"extra": prior}, {"name": "a", "extra": config})
        assert (expected, 4) == (answer.state["extra"], answer.state["revision"])


def test_a_dynamic_value_is_planned_in_the_type_that_was_proposed(thing: ResourceClient) -> None:
    """A changed dynamic value keeps the type of the configuration, with typed nulls and unknown values."""
    ty = b'["object",{"m":["map","string"],"n":"number","u":["list","bool"]}]'
    proposed = typed(ty, {"m": {"k": None}, "n": None, "u": Unknown})
    planned = thing.plan(PRIOR, {"name": "a", "extra": proposed}).state
    assert proposed == planned["extra"]
