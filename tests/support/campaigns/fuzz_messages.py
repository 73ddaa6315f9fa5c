"""Requests of every RPC: valid ones, ones with a wrong part, and random bytes."""

import json
from typing import Any

import msgpack
from hypothesis import strategies as st

from provider.framework import Diagnostics, Schema
from provider.framework.protocol import messages
from provider.framework.registration import Lazy
from provider.framework.schema import cty
from provider.provider import AtlanProvider
from tests.support.campaigns import fuzz_values

DEPTHS = (10, 300, 900, 1_100, 20_000)
"""How deep values are nested: usual, about the limit of Python, and more than the limit of MessagePack."""
LONGEST_RANDOM = 60

_MARK = "a value that is nested deeply"
_PACKED_MARK = msgpack.packb(_MARK)

PROVIDER = AtlanProvider()
PROVIDER_SCHEMA = PROVIDER.get_provider_schema(Diagnostics())
PREFIX = PROVIDER.get_model_prefix()
RESOURCES = {PREFIX + kind.get_name(): kind.get_schema() for kind in PROVIDER.get_resources()}
DATA_SOURCES = {PREFIX + kind.get_name(): kind.get_schema() for kind in PROVIDER.get_data_sources()}
FUNCTIONS = {kind.get_name(): kind.get_signature() for kind in PROVIDER.get_functions()}

_APP_STATES = ("SqlWorkflow", "restapi_object", "")
_NAMES = ("", "atlan_", "atlan_App", "toy_thing", "\x1b[31mred", "a" * 10_000)
_TEXTS = st.lists(st.text(max_size=5), max_size=2)
_CLASSES = [kind.load() if isinstance(kind, Lazy) else kind for kind in PROVIDER.get_resources()]
PRIVATE_KEYS = sorted({"of nobody", *(key for kind in _CLASSES for key in kind.private_shapes)})
"""The provider's keys of private state. Terraform returns them unchanged, but a user can edit the state file."""

_ANY_LEAF = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**64 - 1),
    st.floats(),
    st.text(max_size=5),
    st.binary(max_size=5),
    st.sampled_from([b'"string"', b'["object",{}]', b'["list"]', b'["tuple",["number"]]', "1e99", "NaN", "\x1b[2J"]),
    st.just(msgpack.ExtType(0, b"\x00")),
    st.builds(msgpack.ExtType, st.integers(0, 127), st.binary(max_size=4)),
)  # fmt: skip
ANYTHING = st.recursive(
    _ANY_LEAF, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
)

_PRIVATE_TEXTS = st.lists(st.text(max_size=5), max_size=2)
_PRIVATE_VALUES = st.one_of(
    st.text(max_size=5), st.booleans(), st.integers(), _PRIVATE_TEXTS, st.lists(_PRIVATE_TEXTS, max_size=2), _JSON
)
"""Values for these keys, some of a wrong type."""


def _text(value: str) -> list[Any]:
    return [b'"string"', value]


def good(slug: str) -> dict[str, list[Any]]:
    """Return good values for some attributes by name, if the tenant has a workflow with this slug."""
    inputs = [b'["object",{"hidden_datasets":"bool"}]', {"hidden_datasets": True}]
    connection = dict.fromkeys(
        ("qualified_name", "connector_name", "admin_groups", "admin_roles", "default_credential_guid")
    )
    return {
        "app_id": ["bigquery-crawler", "no-such-app", "../x"],
        "name": ["a name", "$admin", "\x1b]0;title\x07"],
        "entrypoint": [None, "crawler"],
        "slug": [slug, "../../etc", "gone-AbC123"],
        "id": [slug, f"{slug}/x", "gone-AbC123/x", "name:a name"],
        "cron": ["0 6 * * *", "61 * * * *"],
        "timezone": ["UTC", "Europe/Berlin", "../etc/passwd"],
        "inputs": [None, inputs, _text("{}"), _text("[" * 5_000)],
        "inputs_wo": [None, inputs],
        "asset_connection": [None, {**connection, "name": "analytics", "admin_users": ["admin"]}],
        "timeouts": [None],
        "qualified_name": ["default/bigquery/1700000000", ""],
        "auth_type": ["basic"],
        "connector_config_name": ["atlan-connectors-bigquery"],
    }


class Samples:
    """The data of requests: the schemas of the types, and good values of their attributes."""

    def __init__(self, slug: str) -> None:
        self.good = good(slug)

    def state(self, draw: st.DrawFn, schema: Schema) -> dict[str, Any]:
        """Return a state with good values, with values of the attributes' types, or with nulls."""
        return {name: self._attribute(draw, name, each.cty) for name, each in schema.by_name.items()}

    def _attribute(self, draw: st.DrawFn, name: str, ty: Any) -> Any:
        chance = draw(st.integers(0, 9))
        if name in self.good and chance < 8:
            return draw(st.sampled_from(self.good[name]))
        return None if chance < 5 else fuzz_values.part(draw, ty)[0]


@st.composite
def requests(draw: st.DrawFn, method: messages.Method, samples: Samples) -> bytes:
    """Return the bytes of a request, damaged in a few cases."""
    if draw(st.integers(0, 19)) == 0:
        return draw(st.binary(max_size=LONGEST_RANDOM))
    request = method.request(**_fields(draw, method, samples))
    data: bytes = request.SerializeToString()
    return _damaged(draw, data) if draw(st.integers(0, 9)) == 0 else data


def _fields(draw: st.DrawFn, method: messages.Method, samples: Samples) -> dict[str, Any]:
    known = method.request.DESCRIPTOR.fields_by_name
    kinds = DATA_SOURCES if "Data" in method.name else RESOURCES
    name = draw(st.sampled_from(sorted(FUNCTIONS if method.name == "CallFunction" else kinds)))
    fields = {each: _field(draw, known[each], _schema(method, name), samples) for each in known if each != "arguments"}
    if "arguments" in known:
        fields["arguments"] = _arguments(draw, name)
    shown = name if draw(st.integers(0, 19)) else draw(st.sampled_from(_NAMES))
    return fields | {each: shown for each in ("name", "type_name", "target_type_name") if each in known}


def _schema(method: messages.Method, name: str) -> Schema:
    if "Provider" in method.name:
        return PROVIDER_SCHEMA
    return (DATA_SOURCES if "Data" in method.name else RESOURCES).get(name, RESOURCES["atlan_app"])


def _field(draw: st.DrawFn, field: Any, schema: Schema, samples: Samples) -> Any:
    kind = field.message_type.name if field.message_type else ""
    if kind == "DynamicValue":
        return _dynamic_value(draw, samples.state(draw, schema))
    if kind == "RawState":
        return _raw_state(draw, schema, samples)
    if kind:
        return {"write_only_attributes_allowed": draw(st.booleans())}
    if field.type == field.TYPE_STRING:
        return draw(st.one_of(st.sampled_from([*samples.good["id"], *_APP_STATES]), st.text(max_size=8)))
    return _private(draw) if field.type == field.TYPE_BYTES else draw(st.integers(0, 5))


def _arguments(draw: st.DrawFn, name: str) -> list[Any]:
    types = [cty(parameter.type) for parameter in FUNCTIONS[name].parameters]
    number = len(types) if draw(st.integers(0, 9)) else draw(st.integers(0, 5))
    drawn = [
        fuzz_values.part(draw, ty)[0] for ty in [*types, "dynamic", "dynamic", "string", "number", "bool"][:number]
    ]
    return [_dynamic_value(draw, value) for value in drawn]


def _dynamic_value(draw: st.DrawFn, raw: Any) -> dict[str, bytes]:
    how = draw(st.integers(0, 19))
    if how == 0:
        return draw(st.sampled_from([{}, {"msgpack": msgpack.packb(None)}]))
    if how == 1:
        return {draw(st.sampled_from(["msgpack", "json"])): draw(st.binary(max_size=LONGEST_RANDOM))}
    if how == 2:
        return {"json": json.dumps(draw(_JSON)).encode()}
    if how < 6:
        return {"msgpack": msgpack.packb(_with_one_wrong(draw, raw)).replace(_PACKED_MARK, _deep(draw))}
    data = msgpack.packb(raw)
    return {"msgpack": _damaged(draw, data) if how == 6 else data}


def _with_one_wrong(draw: st.DrawFn, raw: Any) -> Any:
    """Return the data with one part replaced by a random value, or by the mark."""
    if isinstance(raw, dict) and raw and draw(st.integers(0, 3)):
        name = draw(st.sampled_from(sorted(raw)))
        return {**raw, name: _with_one_wrong(draw, raw[name])}
    if isinstance(raw, list) and raw and draw(st.integers(0, 3)):
        index = draw(st.integers(0, len(raw) - 1))
        return [*raw[:index], _with_one_wrong(draw, raw[index]), *raw[index + 1 :]]
    return _MARK if draw(st.integers(0, 3)) == 0 else draw(ANYTHING)


def _deep(draw: st.DrawFn) -> bytes:
    """Return a nested value, without a type or with its own."""
    depth = draw(st.sampled_from(DEPTHS))
    nested: bytes = b"\x91" * depth + msgpack.packb("deep")
    if draw(st.booleans()):
        return nested
    notation = b'["tuple",[' * depth + b'"string"' + b"]]" * depth
    return b"\x92" + msgpack.packb(notation) + nested


def _raw_state(draw: st.DrawFn, schema: Schema, samples: Samples) -> dict[str, Any]:
    how = draw(st.integers(0, 9))
    if how == 0:
        return draw(st.sampled_from([{}, {"flatmap": {"id": "x"}}]))
    if how == 1:
        return {"json": draw(st.binary(max_size=LONGEST_RANDOM))}
    if how == 2:
        depth = draw(st.sampled_from(DEPTHS))
        return {"json": b'{"inputs":' + b"[" * depth + b"]" * depth + b"}"}
    names = st.sampled_from([*schema.by_name, "data", "object_id", "path", "gone"])
    state = draw(st.dictionaries(names, st.one_of(_JSON, st.sampled_from(samples.good["id"])), max_size=5))
    data = json.dumps(state).encode()
    return {"json": _damaged(draw, data) if how == 3 else data}


def _private(draw: st.DrawFn) -> bytes:
    how = draw(st.integers(0, 5))
    if how > 2:
        return b""
    if how == 0:
        return draw(st.binary(max_size=LONGEST_RANDOM))
    keys = draw(st.sets(st.sampled_from(PRIVATE_KEYS)))
    return json.dumps({key: draw(_PRIVATE_VALUES) for key in keys}).encode()


def _damaged(draw: st.DrawFn, data: bytes) -> bytes:
    """Return the bytes cut short, or with some bits changed."""
    if not data or draw(st.booleans()):
        return data[: draw(st.integers(0, len(data)))]
    changed = bytearray(data)
    for _ in range(draw(st.integers(1, 4))):
        changed[draw(st.integers(0, len(data) - 1))] ^= 1 << draw(st.integers(0, 7))
    return bytes(changed)
