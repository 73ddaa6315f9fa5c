"""Convert whole states between the protocol's ``DynamicValue`` and Python, attribute by attribute."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from operator import is_not
from typing import Any, NamedTuple

from tf.types import Unknown

from provider.framework.diagnostics import Finding
from provider.framework.protocol import codec, messages
from provider.framework.redaction import Registration
from provider.framework.schema import Attribute, Schema
from provider.framework.values import State, is_known, same

Report = Callable[[Iterable[Finding]], None]


def unpack(value: Any) -> Any:
    """Return the value in a ``DynamicValue`` without a type. Raises DecodeError."""
    if value.json and not value.msgpack:
        try:
            return json.loads(value.json)
        except ValueError as error:
            raise codec.DecodeError("not a JSON value") from error
    return codec.unpack(value.msgpack) if value.msgpack else None


class Received(NamedTuple):
    """A received state: decoded (None for null), its attributes before decoding, and the ``DynamicValue``."""

    state: State | None
    raw: dict[str, Any]
    message: Any


def receive(schema: Schema, value: Any, registration: Registration | None = None) -> Received:
    """Return the state in a ``DynamicValue``, and register its secrets and identifiers. Raises DecodeError."""
    raw = unpack(value)
    if raw is None:
        return Received(None, {}, value)
    if not isinstance(raw, dict):
        raise codec.DecodeError(f"expected an object, got {type(raw).__name__}")
    state = {name: codec.decode(each.cty, raw.get(name)) for name, each in schema.by_name.items()}
    if registration is not None:
        registration.add(partial(schema.secrets_in, state), partial(schema.identifiers_in, state))
    return Received(state, raw, value)


def receive_config(schema: Schema, value: Any, registration: Registration | None = None) -> State:
    """Return the configuration in a ``DynamicValue``, as ``receive`` does. Raises DecodeError if the value is null."""
    config = receive(schema, value, registration).state
    if config is None:
        raise codec.DecodeError("the configuration is null")
    return config


def type_of(schema: Schema, value: Any, name: str) -> codec.Type:
    """Return the type of an attribute in a ``DynamicValue``, with the type of each dynamic value in it."""
    return codec.shape(schema.by_name[name].cty, unpack(value)[name])


def refuse_unknown(state: State) -> None:
    """Raise DecodeError for a state that contains an unknown value."""
    for name, value in state.items():
        if not is_known(value):
            raise codec.DecodeError(f"{name} is not known where it must be")


def encode(schema: Schema, state: State | None, report: Report, *like: Received, planned: bool = False) -> Any:
    """Return a ``DynamicValue``. Report an error for each attribute that cannot be encoded, and make it null.

    Values that equal those of a state in ``like`` are sent unchanged, from the first such state. So a value keeps its
    type in this state, such as a map for an object. Other dynamic values take their types from the last state in
    ``like``. A state that equals the first one is sent as it was received. Only a planned state may contain unknown
    values. Otherwise, unknown and write-only values become null.
    """
    if state is None:
        return _pack(None)
    for each in like[:1]:
        if same(state, each.state) if planned else state is each.state and not _has_write_only(schema, state):
            return each.message
    raw, failed = _encode_each(schema, state, like, planned=planned)
    report(_unfit(name, reason) for name, reason in failed.items())
    return _pack(raw)


def _has_write_only(schema: Schema, state: State) -> bool:
    return any(state[name] is not None for name in schema.write_only)


def encode_applied(schema: Schema, state: State, planned: Received, report: Report) -> Any:
    """Return the ``DynamicValue`` of the state after an apply.

    A value that cannot be encoded becomes the planned value, or null.
    Report a warning for the value, because an error on a create would taint the created object.
    """
    raw, failed = _encode_each(schema, state, [planned])
    if failed:
        wanted, _ = _encode_each(schema, planned.state or {}, [planned])
        raw |= {name: wanted[name] for name in failed}
    report(_unfit(name, reason)._replace(is_error=False) for name, reason in failed.items())
    return _pack(raw)


def _encode_each(
    schema: Schema, state: State, like: Sequence[Received], *, planned: bool = False
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the encoded attributes, and by name the reason why an attribute could not be encoded.

    Raises EncodeError if the state is not a mapping.
    """
    if not isinstance(state, Mapping):
        raise codec.EncodeError(f"expected a state, got {type(state).__name__}")
    raw: dict[str, Any] = dict.fromkeys(schema.by_name)
    failed = {}
    for name, attribute in schema.by_name.items():
        try:
            value = state.get(name) if planned else _finished(attribute, state.get(name))
            raw[name] = _encode_one(attribute, value, like)
        except codec.EncodeError as error:
            failed[name] = str(error)
        except Exception as error:  # noqa: BLE001 - the other attributes must reach state
            failed[name] = type(error).__name__
    return raw, failed


def _encode_one(attribute: Attribute, value: Any, like: Sequence[Received]) -> Any:
    name, ty = attribute.name, attribute.cty
    for each in like:
        if each.state is not None and same(value, each.state[name]):
            return each.raw.get(name)
    return codec.encode(ty, value, codec.shape(ty, like[-1].raw.get(name)) if like else codec.DYNAMIC)


def _unfit(name: str, reason: str) -> Finding:
    return Finding(f"{name} cannot be stored", f"The value of {name} does not fit the schema: {reason}", [name])


def _pack(raw: Any) -> Any:
    return messages.message("DynamicValue")(msgpack=codec.pack(raw))


def _finished(attribute: Attribute, value: Any) -> Any:
    """Return a value as state may contain it. Unknown and write-only values become null."""
    if attribute.write_only or value is Unknown:
        return None
    if attribute.nested is None:
        return _inside(value, _without_unknown)
    inner = attribute.nested.attributes
    if attribute.nested.mode == "SINGLE":
        return _finished_object(inner, value)
    return _inside(value, lambda item: _finished_object(inner, item))


def _finished_object(attributes: Iterable[Attribute], value: Any) -> Any:
    if not isinstance(value, dict):
        return _without_unknown(value)
    return {each.name: _finished(each, value.get(each.name)) for each in attributes}


def _without_unknown(value: Any) -> Any:
    return None if value is Unknown else _inside(value, _without_unknown)


def _inside(value: Any, change: Callable[[Any], Any]) -> Any:
    """Return a value with each item changed. Return the same object if no item changes."""
    if isinstance(value, dict):
        changed = {name: change(item) for name, item in value.items()}
        return changed if any(changed[name] is not item for name, item in value.items()) else value
    if isinstance(value, list | tuple):
        items = [change(item) for item in value]
        return items if any(map(is_not, items, value)) else value
    return value
