"""Values on their way from Terraform to a resource and back."""

import json
from decimal import Decimal
from typing import Any

import msgpack
import pytest

from provider.framework import Unknown
from provider.framework.protocol import messages
from provider.framework.testing import METHODS, Caller, ResourceClient, diagnostics, packed, text, typed, unpacked
from tests.support.toy_provider import LOOKUP, THING, ToyProvider

THIRD = "0." + "3" * 150

NUMBERS = [
    (0, 0),
    (-(2**63), -(2**63)),
    (2**64 - 1, 2**64 - 1),
    ("0.1", 0.1),
    (0.5, 0.5),
    (str(2**70), 2**70),
    (float(2**70), 2**70),
    (THIRD, Decimal(THIRD)),
    ("1e400", 10**400),
    ("1e5000", Decimal("1e5000")),
    ("-0", 0),
    (-0.0, 0),
    ("1e-400", Decimal("1e-400")),
    (2.0**-40, Decimal(2) ** -40),
]
"""The number that Terraform sends, and the number that a resource receives."""


def exact(raw: Any) -> Decimal:
    """Return the number that was sent."""
    return Decimal(raw)


@pytest.mark.parametrize(("sent", "seen"), NUMBERS)
def test_numbers_come_through_exactly(thing: ResourceClient, toy: ToyProvider, sent: Any, seen: Any) -> None:
    """A number of any size and any number of digits is the same after plan, apply and read."""
    planned = thing.plan(None, {"name": "a", "number": sent, "extra": typed(b'"number"', sent)}).state
    applied = thing.apply(None, planned).state
    read = thing.read(applied).state
    assert {repr(seen)} == {repr(told["planned"]["number"]) for _, told in toy.calls if "planned" in told}
    for state in (planned, applied, read):
        assert (exact(sent), exact(sent)) == (exact(state["number"]), exact(state["extra"][1]))


@pytest.mark.parametrize(("sent", "seen"), NUMBERS)
def test_numbers_that_a_resource_puts_elsewhere_are_exact_too(call: Caller, sent: Any, seen: Any) -> None:
    """A function that returns its number in a list returns the same number, although it is encoded again."""
    ty, value = unpacked(run(call, "wrap", typed(b'"number"', sent)).result)
    assert (["tuple", ["number"]], [exact(sent)]) == (json.loads(ty), [exact(each) for each in value])


def refined(value: Any) -> Any:
    return messages.message("DynamicValue")(
        msgpack=msgpack.packb(value, default=lambda _: msgpack.ExtType(12, b"\x81\x01\xc2"))
    )


def test_a_refined_unknown_is_unknown(toy: ToyProvider, thing: ResourceClient) -> None:
    """An unknown value with refinements, such as a result of jsonencode, is Unknown for a resource."""
    state = refined(thing.full({"name": Unknown, "tags": {"a": Unknown}}))
    answer = thing("PlanResourceChange", prior_state=None, proposed_new_state=state, config=state)
    (_, told), planned = toy.calls[0], unpacked(answer.planned_state)
    assert (Unknown, {"a": Unknown}) == (told["planned"]["name"], told["planned"]["tags"])
    assert (Unknown, {"a": Unknown}) == (planned["name"], planned["tags"])


EVERYTHING: dict[str, Any] = {
    "name": "zoë\u2028",
    "flag": False,
    "tags": {"a": "x", "ключ": None},
    "numbers": [1, "0.5", None],
    "labels": ["a", "b"],
    "box": {"width": 3, "title": None},
    "pair": ["left", 2],
    "extra": typed(
        b'["object",{"l":["list","string"],"m":["map","number"],"n":"dynamic","s":["set","bool"],"t":["tuple",["string",'
        b'["object",{}]]]}]',
        {"l": [], "m": {}, "n": None, "s": [True], "t": ["", {}]},
    ),
    "rules": [{"number": 1, "protocol": "tcp", "zone": None, "assigned": "x", "serial": "y"}],
}


def as_json(value: Any) -> Any:
    """Return dynamic values with parsed types, because the format of the JSON does not matter."""
    if isinstance(value, list) and len(value) == 2 and isinstance(value[0], bytes):
        return [json.loads(value[0]), value[1]]
    return value


@pytest.mark.parametrize("name", EVERYTHING)
def test_every_kind_of_value_comes_back_as_it_was_given(thing: ResourceClient, name: str) -> None:
    """Map, list, set, object, tuple, dynamic and nested values are unchanged by plan, apply and read."""
    config = {"name": "a"} | {name: EVERYTHING[name]}
    planned = thing.plan({"id": "id-1", "name": "b"}, config).state
    applied = thing.apply(None, planned | {name: EVERYTHING[name]}).state
    read = thing.read(applied).state
    assert as_json(EVERYTHING[name]) == as_json(applied[name])
    assert as_json(EVERYTHING[name]) == as_json(read[name])


def test_the_provider_receives_decoded_values(call: Caller, toy: ToyProvider) -> None:
    """In Validate and Configure the provider receives Python values, and Unknown for unknown ones."""
    config = packed({"weight": "0.1", "labels": {"a": Unknown}, "options": typed(b'["tuple",["number"]]', ["0.5"])})
    for method in ("ValidateProviderConfig", "ConfigureProvider"):
        assert [] == diagnostics(call(method, METHODS[method].request(config=config)))
    decoded = {"weight": 0.1, "labels": {"a": Unknown}, "options": [0.5]}
    assert [decoded, decoded] == [told["current"] for _, told in toy.calls]


@pytest.fixture
def lookup(call: Caller) -> ResourceClient:
    return ResourceClient(call, "toy_lookup", LOOKUP)


def test_a_data_source_receives_decoded_values_and_its_answer_is_encoded(
    lookup: ResourceClient, toy: ToyProvider
) -> None:
    """A data source receives decoded values in validate and read. Its result is encoded by its schema."""
    config = lookup.full({"name": "a", "weight": "0.1", "options": typed(b'["list","number"]', [1])})
    assert [] == diagnostics(lookup("ValidateDataResourceConfig", config=config))
    answer = unpacked(lookup("ReadDataSource", config=config).state)
    assert [(0.1, [1])] * 2 == [(told["current"]["weight"], told["current"]["options"]) for _, told in toy.calls]
    assert ("0.1", [b'["list","number"]', [1]], str(2**70)) == (answer["weight"], answer["options"], answer["big"])
    ty = ["object", {"a": ["tuple", ["number", "string", "dynamic"]], "b": ["object", {}]}]
    assert [ty, {"a": [1, "two", None], "b": {}}] == as_json(answer["found"])


def test_a_data_source_that_fails_is_a_diagnostic(lookup: ResourceClient) -> None:
    """A data source that raises returns an error."""
    answer = lookup("ReadDataSource", config=lookup.full({"name": "broken"}))
    assert [("error", "The provider failed unexpectedly")] == diagnostics(answer)


def upgrade(call: Caller, state: bytes) -> Any:
    request = METHODS["UpgradeResourceState"].request(type_name="toy_thing", version=1, raw_state={"json": state})
    return call("UpgradeResourceState", request)


def test_a_stored_state_is_returned_unchanged(call: Caller) -> None:
    """An upgrade does not change dynamic values with their types, or numbers longer than a float."""
    state = f'{{"extra": {{"value": [1], "type": ["list", "number"]}}, "number": {THIRD}, "name": "a"}}'.encode()
    answer = upgrade(call, state)
    assert ([], state) == (diagnostics(answer), answer.upgraded_state.json)
    assert b"" == answer.upgraded_state.msgpack


def test_attributes_that_the_schema_no_longer_has_leave_a_stored_state(call: Caller) -> None:
    """Attributes without a schema are left out. The text of all others stays, even of the longest numbers."""
    long = "9" * 5000
    state = f'{{ "old": {{"a": [1, "}}"]}},\n"number" : {long},"older":null, "extra": {{"value": {THIRD}}} }}'.encode()
    answer = upgrade(call, state)
    assert [] == diagnostics(answer)
    assert f'{{"number" : {long},"extra": {{"value": {THIRD}}}}}'.encode() == answer.upgraded_state.json


@pytest.mark.parametrize("state", [b"", b"null", b"[1]", b"{", b"\xff", b'{"name": '])
def test_bytes_that_are_not_a_state_are_a_diagnostic(call: Caller, state: bytes) -> None:
    """Bytes that are not a state are a diagnostic."""
    expected = "Terraform sent a value that this provider cannot read"
    assert [("error", expected)] == diagnostics(upgrade(call, state))


def test_the_schema_declares_the_capabilities_in_use(call: Caller) -> None:
    """GetProviderSchema, the only one that Terraform calls, declares destroy plans and moves."""
    for method in ("GetProviderSchema", "GetMetadata"):
        told = call(method, METHODS[method].request()).server_capabilities
        assert (True, True, True) == (
            told.plan_destroy,
            told.get_provider_schema_optional,
            told.move_resource_state,
        )


def test_the_schema_contains_every_attribute(call: Caller) -> None:
    """A resource's schema contains its version and all attributes with flags and nested attributes."""
    schema = call("GetProviderSchema", METHODS["GetProviderSchema"].request()).resource_schemas["toy_thing"]
    attributes = {each.name: each for each in schema.block.attributes}
    assert (3, list(THING.by_name)) == (schema.version, list(attributes))
    assert [("secret_wo", True), ("name", False)] == [
        (name, attributes[name].write_only) for name in ("secret_wo", "name")
    ]
    nested = messages.message("Schema.Object").NestingMode
    modes = {name: nested.Name(attributes[name].nested_type.nesting) for name in ("owner", "ports", "routes", "rules")}
    assert {"owner": "SINGLE", "ports": "LIST", "routes": "MAP", "rules": "SET"} == modes
    assert b"" == attributes["ports"].type


def test_metadata_and_functions_name_what_there_is(call: Caller) -> None:
    """GetMetadata and GetFunctions list what GetProviderSchema describes."""
    metadata = call("GetMetadata", METHODS["GetMetadata"].request())
    functions = call("GetFunctions", METHODS["GetFunctions"].request())
    assert ["toy_plain", "toy_thing"] == [each.type_name for each in metadata.resources]
    assert ["toy_lookup"] == [each.type_name for each in metadata.data_sources]
    assert ["join", "echo", "wrap"] == [each.name for each in metadata.functions]
    assert {"join", "echo", "wrap"} == set(functions.functions)
    assert b'"string"' == functions.functions["join"].variadic_parameter.type


def run(call: Caller, name: str, *arguments: Any) -> Any:
    request = METHODS["CallFunction"].request(name=name, arguments=[packed(each) for each in arguments])
    return call("CallFunction", request)


@pytest.mark.parametrize(
    ("name", "arguments", "result"),
    [
        ("join", ["-"], ""),
        ("join", ["-", "a"], "a"),
        ("join", ["-", "a", "b", "c"], "a-b-c"),
        ("echo", [text("x")], text("x")),
        ("echo", [typed(b'"number"', "0.1")], typed(b'"number"', "0.1")),
        ("echo", [None], None),
        ("echo", [Unknown], Unknown),
    ],
)
def test_functions_are_called_with_decoded_arguments(call: Caller, name: str, arguments: Any, result: Any) -> None:
    """A function accepts dynamic arguments and any number of variadic ones. Its result is encoded by its type."""
    assert result == unpacked(run(call, name, *arguments).result)


@pytest.mark.parametrize(
    ("name", "arguments", "said", "argument"),
    [
        ("join", [], "the argument is missing", 0),
        ("join", ["-", 5], "expected str, got int", 1),
        ("echo", [text("argument")], "p0 is not liked", 0),
        ("echo", [None, None], "the function has no parameter 2", 1),
    ],
)
def test_a_wrong_argument_is_reported_with_its_position(
    call: Caller, name: str, arguments: Any, said: str, argument: int
) -> None:
    """An argument that is missing, surplus, of another type, or refused is an error with its index."""
    error = run(call, name, *arguments).error
    assert (said, argument) == (error.text, error.function_argument)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("nothing", "x", "No function nothing: This provider has: echo, join, wrap."),
        ("echo", "problem", "The rest failed: Look at it."),
        ("echo", "diagnostic", "Told: by a diagnostic"),
        ("echo", "known", "As the provider says: it is known"),
    ],
)
def test_a_function_that_fails_says_why(call: Caller, name: str, value: str, said: str) -> None:
    """An exception or error diagnostic of a function is the text of the error, without an index."""
    error = run(call, name, text(value)).error
    assert said == error.text
    assert not error.HasField("function_argument")


@pytest.mark.parametrize("value", ["unexpected", "exit", "cancelled", "object"])
def test_a_function_that_fails_unexpectedly_says_so(call: Caller, value: str) -> None:
    """An unexpected exception, an exit, or a result without a type is the text of an error."""
    assert run(call, "echo", text(value)).error.text.startswith("The provider failed unexpectedly")
