"""Bytes that Terraform never sends: every RPC returns a response and raises nothing."""

import logging
from collections.abc import Iterator
from typing import Any

import msgpack
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provider.framework import Unknown
from provider.framework.protocol import messages
from provider.framework.testing import METHODS, diagnostics, in_process, packed
from tests.support.toy_provider import THING, ToyProvider

CALL = in_process(ToyProvider())

LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**64 - 1),
    st.floats(),
    st.text(max_size=5),
    st.binary(max_size=5),
    st.just(Unknown),
    st.sampled_from([b'"string"', b'["object",{}]', b'["list"]', b'["tuple",["number"]]', b"5", "1e99", "NaN", "inf"]),
)
RAW = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
)
STATES = st.dictionaries(st.sampled_from(sorted(THING.by_name)), RAW, max_size=6)

WRONG = st.one_of(
    st.binary(max_size=40).map(lambda data: {"msgpack": data}),
    st.binary(max_size=40).map(lambda data: {"json": data}),
    RAW.map(lambda raw: {"msgpack": packed(raw).msgpack}),
    STATES.map(lambda raw: {"msgpack": packed(raw).msgpack}),
)
"""Bytes at random, MessagePack of anything, and states whose attributes are anything."""


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def _of(field: Any) -> st.SearchStrategy[Any]:
    kind = field.message_type.name if field.message_type else ""
    if kind == "DynamicValue":
        values: st.SearchStrategy[Any] = WRONG
    elif kind == "RawState":
        values = st.one_of(
            st.binary(max_size=40).map(lambda data: {"json": data}), st.just({"flatmap": {"id": "x"}}), st.just({})
        )
    elif kind:
        values = st.just({})
    elif field.type == field.TYPE_STRING:
        values = st.sampled_from(["toy_thing", "toy_lookup", "toy_plain", "echo", "join", "", "x"])
    elif field.type == field.TYPE_BYTES:
        values = st.binary(max_size=20)
    else:
        values = st.integers(0, 5)
    return st.lists(values, max_size=3) if field.label == field.LABEL_REPEATED else values


def _requests(method: messages.Method) -> st.SearchStrategy[Any]:
    fields = {field.name: _of(field) for field in method.request.DESCRIPTOR.fields}
    return st.fixed_dictionaries(fields).map(lambda values: method.request(**values))


@pytest.mark.parametrize("name", METHODS)
def test_no_request_makes_an_rpc_raise(name: str) -> None:
    """For any request, the response has the right type, can be sent, and reports what it does not understand."""

    @settings(max_examples=200, suppress_health_check=list(HealthCheck))
    @given(_requests(METHODS[name]))
    def answers(request: Any) -> None:
        answer = CALL(name, request)
        assert isinstance(answer, METHODS[name].response)
        assert isinstance(answer.SerializeToString(), bytes)

    answers()


WITH_STATE = {
    "ReadResource": "current_state",
    "PlanResourceChange": "proposed_new_state",
    "ApplyResourceChange": "planned_state",
    "ValidateResourceConfig": "config",
    "ValidateProviderConfig": "config",
    "ConfigureProvider": "config",
    "ReadDataSource": "config",
    "ValidateDataResourceConfig": "config",
}


@pytest.mark.parametrize(("name", "field"), WITH_STATE.items())
@pytest.mark.parametrize(
    "data",
    [
        b"\xc1",
        b"\x81",
        b"\xa1\xff",
        b"\x91\x01",
        b"\x05",
        b"\x81\x91\x01\x01",
        msgpack.packb(msgpack.ExtType(5, b"x")),
        msgpack.packb({"name": 5, "weight": "x"}),
        msgpack.packb({"name": b"x", "weight": [1]}),
        msgpack.packb({"name": msgpack.Timestamp(1), "weight": "NaN"}),
        msgpack.packb({"extra": [b'["what"]', 1], "options": [b"5", 1]}),
        msgpack.packb({"extra": [b'["tuple",["number"]]', []], "options": [b'["list"]', []]}),
        msgpack.packb({"extra": [b'"foo"', 1], "options": 5}),
        b"\x80" * 2,
    ],
)
def test_bytes_that_cannot_be_decoded_are_one_diagnostic(name: str, field: str, data: bytes) -> None:
    """A value that is not MessagePack, or not of the schema's types, is a diagnostic, and nothing is called."""
    kind = "toy_lookup" if "Data" in name else "toy_thing"
    fields: dict[str, Any] = {field: {"msgpack": data}}
    if "type_name" in METHODS[name].request.DESCRIPTOR.fields_by_name:
        fields["type_name"] = kind
    answer = CALL(name, METHODS[name].request(**fields))
    assert [("error", "Terraform sent a value that this provider cannot read")] == diagnostics(answer)
