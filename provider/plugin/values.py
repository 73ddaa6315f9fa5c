"""Whole states between the protocol's ``DynamicValue`` and Python, by schema, attribute by attribute."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from tf.types import Unknown
from tf.utils import Diagnostics

from provider.plugin import codec, protocol
from provider.plugin.diagnostics import to_path
from provider.plugin.planning import Path, State
from provider.plugin.schema import Attribute, Schema

__all__ = [
    "check_required",
    "decode",
    "dump_private",
    "encode",
    "encode_applied",
    "finish",
    "load_private",
    "preferred_shapes",
    "shapes",
    "to_path",
    "upgrade",
]

Shapes = dict[str, codec.Type]


def unpack(value: Any) -> Any:
    """What a ``DynamicValue`` holds, untyped. Raises DecodeError."""
    if value.json and not value.msgpack:
        try:
            return json.loads(value.json)
        except ValueError as error:
            raise codec.DecodeError("not a JSON value") from error
    return codec.unpack(value.msgpack) if value.msgpack else None


def decode(schema: Schema, value: Any) -> State | None:
    """The state that a ``DynamicValue`` holds; None for null. Raises DecodeError."""
    raw = unpack(value)
    if raw is None:
        return None
    if not isinstance(raw, dict):
        raise codec.DecodeError(f"expected an object, got {type(raw).__name__}")
    return {name: codec.decode(each.cty(), raw.get(name)) for name, each in schema.by_name.items()}


def shapes(schema: Schema, value: Any) -> Shapes:
    """The concrete type of each attribute of a ``DynamicValue``, none for null."""
    raw = unpack(value)
    if raw is None:
        return {}
    return {name: codec.shape(each.cty(), raw.get(name)) for name, each in schema.by_name.items()}


def preferred_shapes(schema: Schema, state: State | None, candidates: Iterable[Any]) -> Shapes:
    """For each attribute the shape of the first candidate that holds the same value."""
    preferred: Shapes = {}
    for candidate in candidates:
        held, found = decode(schema, candidate), shapes(schema, candidate)
        for name in found.keys() - preferred.keys():
            if codec.same((held or {})[name], (state or {}).get(name)):
                preferred[name] = found[name]
    return preferred


def encode(schema: Schema, state: State | None, diagnostics: Diagnostics, *, like: Shapes | None = None) -> Any:
    """A ``DynamicValue``. An attribute that cannot be encoded becomes null and an error; the rest stays."""
    if state is None:
        return _pack(None)
    raw = {}
    for name, attribute in schema.by_name.items():
        try:
            raw[name] = codec.encode(attribute.cty(), state.get(name), (like or {}).get(name, codec.DYNAMIC))
        except codec.EncodeError as error:
            raw[name] = None
            diagnostics.add_error(f"{name} cannot be stored", f"Its value does not fit the schema: {error}", [name])
    return _pack(raw)


def encode_applied(schema: Schema, state: State, planned: Any, diagnostics: Diagnostics) -> Any:
    """The state after an apply. What cannot be encoded keeps its planned value, or is null, with a warning.

    A warning, for an error on a create would taint what was made.
    """
    failed = Diagnostics()
    like = shapes(schema, planned)
    encode(schema, state, failed, like=like)
    wanted = decode(schema, planned) or {}
    for each in failed.diagnostics:
        assert each.path is not None
        name = str(each.path[0])
        state = {**state, name: None if wanted.get(name) is Unknown else wanted.get(name)}
        diagnostics.add_warning(each.summary, each.detail, each.path)
    return encode(schema, state, diagnostics, like=like)


def _pack(raw: Any) -> Any:
    return protocol.message("DynamicValue")(msgpack=codec.pack(raw))


def finish(schema: Schema, state: State) -> State:
    """A state as it may be stored: every attribute there, nothing unknown, nothing write-only."""
    return {name: _finished(each, state.get(name)) for name, each in schema.by_name.items()}


def _finished(attribute: Attribute, value: Any) -> Any:
    if attribute.write_only or value is Unknown:
        return None
    if attribute.nested and isinstance(value, dict):
        return {each.name: _finished(each, value.get(each.name)) for each in attribute.nested.attributes}
    return value


def upgrade(schema: Schema, raw_state: Any) -> bytes:
    """A stored state as JSON for the schema of today: what it no longer has is left out.

    It is handed through as it came otherwise: a dynamic value carries its type in it, and a number more digits
    than a float holds.
    """
    if raw_state.flatmap:
        raise codec.DecodeError("the state is in the form of Terraform 0.11, which no version of this provider wrote")
    try:
        stored = json.loads(raw_state.json)
    except ValueError as error:
        raise codec.DecodeError("the stored state is not JSON") from error
    if stored.keys() <= schema.by_name.keys():
        handed_through: bytes = raw_state.json
        return handed_through
    return json.dumps({name: value for name, value in stored.items() if name in schema.by_name}).encode()


def check_required(schema: Schema, config: State, diagnostics: Diagnostics) -> None:
    """Refuse null for a required attribute, nested ones too: Terraform lets a computed null through."""
    for path in _missing(schema.by_name.values(), config, []):
        name = ".".join(str(step[0]) if isinstance(step, tuple) else step for step in path)
        diagnostics.add_error(f"{name} is required", f"{name} is null. Give it a value.", path=path)


def _missing(attributes: Iterable[Attribute], config: State, at: Path) -> Iterable[Path]:
    for each in attributes:
        path = [*at, each.name]
        value = config.get(each.name)
        if value is None:
            if each.required:
                yield path
        elif each.nested and value is not Unknown:
            for step, inner in _nested_values(each.nested.mode, value):
                yield from _missing(each.nested.attributes, inner, [*path, *step])


def _nested_values(mode: str, value: Any) -> Iterable[tuple[Path, State]]:
    if mode == "SINGLE":
        return [([], value)]
    items = value.items() if isinstance(value, dict) else enumerate(value)
    return [([(key,)], item) for key, item in items if isinstance(item, dict)]


def load_private(data: bytes) -> dict[str, Any]:
    """The private state, a JSON object; empty where there is none or it is not ours."""
    try:
        loaded = json.loads(data) if data else {}
    except ValueError:
        return {}
    return loaded if isinstance(loaded, dict) else {}


def dump_private(private: dict[str, Any]) -> bytes:
    """Private state as bytes; none for an empty one."""
    return json.dumps(private, sort_keys=True).encode() if private else b""
