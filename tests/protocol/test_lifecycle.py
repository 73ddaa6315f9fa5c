"""The answers to Terraform after a failure, and the arguments of each call of a resource."""

import json
from typing import Any

import pytest

from provider.framework import Unknown
from provider.framework.testing import METHODS, Caller, ResourceClient, diagnostics, packed, typed, unpacked
from tests.support.toy_provider import THING, ToyProvider

UNEXPECTED = "The provider failed unexpectedly"


def details(response: Any) -> str:
    return " ".join(each.detail for each in response.diagnostics)


@pytest.mark.parametrize("fail", ["read", "exit"])
def test_an_exception_in_read_is_a_diagnostic_and_keeps_the_state(thing: ResourceClient, fail: str) -> None:
    """A read that raises, even SystemExit, returns the state and private state that it received."""
    answer = thing.read({"id": "id-1", "fail": fail}, private=b'{"a": 1}')
    assert [("error", UNEXPECTED)] == answer.diagnostics
    assert thing.full({"id": "id-1", "fail": fail}) == answer.state
    assert b'{"a": 1}' == answer.private


def test_an_unexpected_exception_is_reported_with_its_class_and_without_its_text(thing: ResourceClient) -> None:
    """The diagnostic of an unexpected exception contains its class, but not its text, which may contain data."""
    answer = thing.read({"id": "id-1", "fail": "read"})
    assert "RuntimeError" in details(answer.response)
    assert "this text is for a log" not in details(answer.response)


def test_the_provider_explains_the_exceptions_that_it_knows(thing: ResourceClient) -> None:
    """The provider explains an exception that it knows."""
    assert [("error", "As the provider says")] == thing.apply(None, {"name": "a", "fail": "known"}).diagnostics


def test_an_exception_in_plan_is_a_diagnostic_with_its_path(thing: ResourceClient) -> None:
    """A UserError of a plan is an error at its attribute, and the prior private state stays."""
    answer = thing.plan(None, {"name": "a", "fail": "plan"}, private=b'{"planned": 7}')
    (told,) = answer.response.diagnostics
    assert ("The plan is refused", "Choose another.") == (told.summary, told.detail.partition("\n")[0])
    assert ["fail"] == [step.attribute_name for step in told.attribute.steps]
    assert b'{"planned": 7}' == answer.private


def test_a_create_that_fails_before_anything_exists_leaves_nothing(thing: ResourceClient) -> None:
    """A create that raises before a save returns an error and no state."""
    answer = thing.apply(None, {"name": "a", "fail": "before"})
    assert [("error", "It was refused")] == answer.diagnostics
    assert answer.state is None


@pytest.mark.parametrize(
    ("fail", "summary"),
    [
        ("problem after save", "The rest failed"),
        ("known after save", "As the provider says"),
        ("unexpected after save", UNEXPECTED),
        ("exit after save", UNEXPECTED),
        ("cancelled after save", UNEXPECTED),
        ("none after save", UNEXPECTED),
    ],
)
def test_a_create_that_fails_after_save_keeps_what_exists_untainted(
    thing: ResourceClient, fail: str, summary: str
) -> None:
    """A saved state is returned with its private state. The failure is a warning, because an error would taint."""
    answer = thing.apply(None, {"name": "a", "fail": fail, "id": Unknown, "revision": Unknown})
    assert [("warning", summary)] == answer.diagnostics
    assert ("id-1", "a", 1) == (answer.state["id"], answer.state["name"], answer.state["revision"])
    assert {"applied": 1} == json.loads(answer.private)


def test_a_create_whose_result_is_of_no_use_is_tainted(thing: ResourceClient) -> None:
    """A saved state is returned with an error, so Terraform taints and replaces the object."""
    answer = thing.apply(None, {"name": "a", "fail": "tainting after save", "id": Unknown, "revision": Unknown})
    assert [("error", "It is of no use")] == answer.diagnostics
    assert ("id-1", 1) == (answer.state["id"], answer.state["revision"])


def test_an_update_that_fails_keeps_the_prior_state(thing: ResourceClient) -> None:
    """An update that raises before a save returns an error and the prior state."""
    prior = {"id": "id-1", "name": "a", "revision": 4}
    answer = thing.apply(prior, prior | {"fail": "before"}, private=b'{"applied": 1}')
    assert [("error", "It was refused")] == answer.diagnostics
    assert thing.full(prior) == answer.state
    assert b'{"applied": 1}' == answer.private


def test_an_update_that_fails_after_save_keeps_what_was_saved(thing: ResourceClient) -> None:
    """A state that an update saved is returned. The failure stays an error, because an update does not taint."""
    prior = {"id": "id-1", "name": "a", "revision": 4}
    answer = thing.apply(prior, prior | {"fail": "problem after save", "revision": Unknown})
    assert [("error", "The rest failed")] == answer.diagnostics
    assert 5 == answer.state["revision"]


def test_a_delete_that_fails_keeps_the_state(thing: ResourceClient) -> None:
    """A delete that raises returns an error and the state, so it can be repeated."""
    answer = thing.apply({"id": "id-1", "fail": "delete"}, None)
    assert [("error", "It stays")] == answer.diagnostics
    assert thing.full({"id": "id-1", "fail": "delete"}) == answer.state


def test_a_delete_leaves_no_state(thing: ResourceClient) -> None:
    """A delete that succeeds returns null."""
    answer = thing.apply({"id": "id-1"}, None)
    assert ([], None) == (answer.diagnostics, answer.state)


def test_values_that_cannot_be_encoded_do_not_lose_the_object(thing: ResourceClient) -> None:
    """A value of a wrong type is replaced by the planned value or null, with a warning. The id reaches state."""
    planned = {"name": "a", "fail": "value", "id": Unknown, "number": 5, "extra": typed(b'"string"', "x")}
    answer = thing.apply(None, planned | {"box": {"width": 1, "title": None}, "pair": Unknown})
    assert sorted(("warning", f"{name} cannot be stored") for name in ("number", "pair", "extra")) == sorted(
        answer.diagnostics
    )
    assert ("id-1", 5, [b'"string"', "x"], None) == tuple(
        answer.state[name] for name in ("id", "number", "extra", "pair")
    )


def test_an_unencodable_value_of_an_ordinary_resource_keeps_id_and_slug(plain: ResourceClient) -> None:
    """A create that returns ``object()`` in one field stores all other fields, id and slug among them."""
    answer = plain.apply(None, {"name": "a", "fail": "value", "id": Unknown, "slug": Unknown})
    assert ("id-a", "slug-a", None) == tuple(answer.state[name] for name in ("id", "slug", "extra"))
    assert [("warning", "extra cannot be stored")] == answer.diagnostics


def test_nothing_unknown_is_stored(thing: ResourceClient) -> None:
    """An unknown value in the result of a create becomes null, in nested attributes and plain maps too."""
    planned = {"name": "a", "revision": Unknown, "tags": {"x": Unknown}, "numbers": [1, Unknown]}
    nested = {"number": 1, "protocol": "tcp", "zone": None, "assigned": Unknown, "serial": Unknown}
    answer = thing.apply(None, planned | {"ports": [nested], "routes": {"r": nested}, "extra": Unknown})
    known = nested | {"assigned": None, "serial": None}
    assert ([known], {"r": known}) == (answer.state["ports"], answer.state["routes"])
    assert ({"x": None}, [1, None], None) == tuple(answer.state[name] for name in ("tags", "numbers", "extra"))


def test_every_attribute_is_in_every_state(thing: ResourceClient) -> None:
    """Missing attributes of a state become null, mainly after an import."""
    answer = thing("ImportResourceState", id="x")
    assert THING.by_name.keys() == unpacked(answer.imported_resources[0].state).keys()


def test_a_resource_that_is_gone_reads_as_null(thing: ResourceClient) -> None:
    """A read that finds nothing returns null without a diagnostic."""
    answer = thing.read({"id": "id-1", "fail": "gone"})
    assert ([], None) == (answer.diagnostics, answer.state)


def test_write_only_values_are_never_stored(thing: ResourceClient) -> None:
    """A write-only value that a resource returns from create, read or import is null in the state."""
    created = thing.apply(None, {"name": "a", "fail": "write-only"})
    imported = unpacked(thing("ImportResourceState", id="x").imported_resources[0].state)
    states = [created.state, thing.read(created.state).state, imported]
    assert [None, None, None] == [state["secret_wo"] for state in states]


@pytest.mark.parametrize(
    ("allowed", "expected"), [(True, []), (False, [("error", "secret_wo needs a newer Terraform")])]
)
def test_write_only_values_need_a_client_that_knows_them(
    thing: ResourceClient, allowed: bool, expected: list[tuple[str, str]]
) -> None:
    """An older client would write the secret to state, so it receives an error that names the version to use."""
    capabilities = {"write_only_attributes_allowed": allowed}
    config = thing.full({"name": "a", "secret_wo": "s"})
    assert expected == diagnostics(thing("ValidateResourceConfig", config=config, client_capabilities=capabilities))


def test_an_import_returns_state_and_private_state(thing: ResourceClient) -> None:
    """An import returns the type name, the state and the private state."""
    (imported,) = thing("ImportResourceState", id="x").imported_resources
    assert ("toy_thing", {"imported": True}) == (imported.type_name, json.loads(imported.private))
    assert "name of x" == unpacked(imported.state)["name"]


def test_an_import_of_what_is_not_there_is_a_diagnostic(thing: ResourceClient) -> None:
    """An import that finds nothing reports that and returns no state."""
    answer = thing("ImportResourceState", id="missing")
    assert [("error", "There is nothing of that id")] == diagnostics(answer)
    assert [] == list(answer.imported_resources)


def test_a_resource_without_an_import_says_so(plain: ResourceClient) -> None:
    """An import of a resource without import is a diagnostic with the type name."""
    assert [("error", "toy_plain cannot be imported")] == diagnostics(plain("ImportResourceState", id="x"))


def test_private_state_goes_from_prior_to_planned_to_applied(thing: ResourceClient, toy: ToyProvider) -> None:
    """Each call receives the private state of the call before. Read returns it, plan and apply add to it."""
    planned = thing.plan(None, {"name": "a"})
    assert {"planned": 1} == json.loads(planned.private)
    applied = thing.apply(None, planned.state, private=planned.private)
    assert {"planned": 1, "applied": 1} == json.loads(applied.private)
    read = thing.read(applied.state, private=applied.private)
    assert {"planned": 1, "applied": 1} == json.loads(read.private)
    destroying = thing.plan(applied.state, None, private=read.private)
    assert {"planned": 2, "applied": 1} == json.loads(destroying.private)


@pytest.mark.parametrize("private", [b"", b"\xff", b"[1]", b"not json"])
def test_private_bytes_that_are_not_ours_are_an_empty_object(thing: ResourceClient, private: bytes) -> None:
    """Private state that is not a JSON object does not fail a call."""
    assert [] == thing.read({"id": "id-1"}, private=private).diagnostics
    assert {"planned": 1} == json.loads(thing.plan(None, {"name": "a"}, private=private).private)


def test_plan_create_and_update_receive_the_configuration(thing: ResourceClient, toy: ToyProvider) -> None:
    """The calls receive the configuration, with write-only values and nulls of computed attributes."""
    config = {"name": "a", "secret_wo": "hidden"}
    planned = thing.plan(None, config)
    thing.apply(None, planned.state, config=config)
    thing.apply({"id": "id-1", "name": "b"}, planned.state, config=config)
    told = [(method, states["told"]["config"]["secret_wo"]) for method, states in toy.calls]
    assert [("plan", "hidden"), ("create", "hidden"), ("update", "hidden")] == told
    assert [None, None, None] == [states["told"]["config"]["mode"] for _, states in toy.calls]


def test_a_moved_resource_is_refused_with_advice(call: Caller) -> None:
    """MoveResourceState returns a diagnostic that names both types and says what to do."""
    request = METHODS["MoveResourceState"].request(source_type_name="other_thing", target_type_name="toy_thing")
    answer = call("MoveResourceState", request)
    assert [("error", "Cannot move other_thing to toy_thing")] == diagnostics(answer)
    assert "Import" in details(answer)


RESOURCE_METHODS = [
    "ValidateResourceConfig",
    "UpgradeResourceState",
    "ReadResource",
    "PlanResourceChange",
    "ApplyResourceChange",
    "ImportResourceState",
]


@pytest.mark.parametrize("method", [*RESOURCE_METHODS, "ValidateDataResourceConfig", "ReadDataSource"])
def test_an_unknown_type_is_a_diagnostic_that_names_those_there_are(call: Caller, method: str) -> None:
    """The diagnostic of an unknown type name lists the names that exist."""
    answer = call(method, METHODS[method].request(type_name="toy_nothing"))
    what, there = ("resource", "toy_plain, toy_thing")
    if "Data" in method:
        what, there = "data source", "toy_lookup"
    assert [("error", f"No {what} toy_nothing")] == diagnostics(answer)
    assert there in details(answer)


def test_a_state_of_an_unknown_type_is_kept(call: Caller) -> None:
    """A refresh and an apply of an unknown type return the state that they received."""
    state = packed({"id": "id-1"})
    read = call("ReadResource", METHODS["ReadResource"].request(type_name="no", current_state=state))
    applied = call("ApplyResourceChange", METHODS["ApplyResourceChange"].request(type_name="no", prior_state=state))
    assert [{"id": "id-1"}] * 2 == [unpacked(read.new_state), unpacked(applied.new_state)]


def test_diagnostics_hold_nothing_that_a_terminal_or_protobuf_would_choke_on(thing: ResourceClient) -> None:
    """Control characters and lone surrogates are removed from summary, detail and path. Line breaks stay."""
    answer = thing("ValidateResourceConfig", config=thing.full({"name": "a", "fail": "escape"}))
    (told,) = answer.diagnostics
    assert ("red ?", "bell  and\nnew line") == (told.summary, told.detail)
    steps = [(step.attribute_name, step.element_key_string) for step in told.attribute.steps]
    assert [("tags", ""), ("", "k?")] == steps


def test_null_for_a_required_attribute_is_refused_nested_ones_too(thing: ResourceClient) -> None:
    """All required attributes that are null are reported at once, nested ones too. An unknown value is not null."""
    port = dict.fromkeys(("number", "protocol", "zone", "assigned", "serial"))
    owner = dict.fromkeys(("name", "level", "region", "key_wo", "badge"))
    config = {"owner": owner, "ports": [port | {"number": Unknown}, port], "routes": {"r": port}, "rules": [port]}
    answer = thing("ValidateResourceConfig", config=thing.full(config))
    names = ["name", "owner.name", "ports.1.number", "routes.r.number", "rules.0.number"]
    assert [("error", f"{name} is required") for name in names] == diagnostics(answer)
