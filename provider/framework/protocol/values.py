"""Whole states between the protocol's ``DynamicValue`` and Python, by schema, attribute by attribute."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import is_not
from typing import Any, Final, NamedTuple

from tf.types import Unknown
from tf.utils import Diagnostics

from provider.framework import redaction
from provider.framework.protocol import codec, messages
from provider.framework.protocol.diagnostics import to_path
from provider.framework.protocol.plan import Path, State
from provider.framework.schema import Attribute, Schema
from provider.framework.values import is_known, same

__all__ = [
    "check_required",
    "decode",
    "decode_config",
    "encode",
    "encode_applied",
    "receive",
    "refuse_unknown",
    "refuse_write_only",
    "stored",
    "to_path",
    "upgrade",
]

_BETWEEN: Final = re.compile(r"[\s,:]*")  # what stands between the names and values of a JSON object


def unpack(value: Any) -> Any:
    """What a ``DynamicValue`` holds, untyped. Raises DecodeError."""
    if value.json and not value.msgpack:
        try:
            return json.loads(value.json)
        except ValueError as error:
            raise codec.DecodeError("not a JSON value") from error
    return codec.unpack(value.msgpack) if value.msgpack else None


class Received(NamedTuple):
    """A state as it came: decoded (None for null), its attributes as they were sent, and the ``DynamicValue``."""

    state: State | None
    raw: dict[str, Any]
    message: Any


def receive(schema: Schema, value: Any) -> Received:
    """The state that a ``DynamicValue`` holds. Raises DecodeError."""
    raw = unpack(value)
    if raw is None:
        return Received(None, {}, value)
    if not isinstance(raw, dict):
        raise codec.DecodeError(f"expected an object, got {type(raw).__name__}")
    state = {name: codec.decode(each.cty, raw.get(name)) for name, each in schema.by_name.items()}
    redaction.note(schema, state)
    return Received(state, raw, value)


def decode(schema: Schema, value: Any) -> State | None:
    """The state that a ``DynamicValue`` holds; None for null. Raises DecodeError."""
    return receive(schema, value).state


def decode_config(schema: Schema, value: Any) -> State:
    """The configuration that a ``DynamicValue`` holds, which is never null. Raises DecodeError."""
    config = decode(schema, value)
    if config is None:
        raise codec.DecodeError("the configuration is null")
    return config


def refuse_unknown(state: State) -> None:
    """Refuse a state that must be known and is not. Raises DecodeError."""
    for name, value in state.items():
        if not is_known(value):
            raise codec.DecodeError(f"{name} is not known where it must be")


def encode(
    schema: Schema, state: State | None, diagnostics: Diagnostics, *like: Received, planned: bool = False
) -> Any:
    """A ``DynamicValue``. An attribute that cannot be encoded becomes null and an error; the rest stays.

    What is the same in a state of ``like``, the first that has it, is sent as it came: a value that is only
    written in another type, a map for an object, is no change. Other dynamic values take their types from the last.

    Only a planned state may hold unknown values; in any other they become null, as write-only ones do.
    """
    if state is None:
        return _pack(None)
    for each in like:
        if same(state, each.state) if planned else state is each.state and not _has_write_only(schema, state):
            return each.message
    raw, failed = _encode_each(schema, state, like, planned=planned)
    for name, reason in failed.items():
        diagnostics.add_error(*_unfit(name, reason), [name])
    return _pack(raw)


def _has_write_only(schema: Schema, state: State) -> bool:
    return any(state[name] is not None for name in schema.write_only)


def encode_applied(schema: Schema, state: State, planned: Received, diagnostics: Diagnostics) -> Any:
    """The state after an apply. What cannot be encoded keeps its planned value, or is null, with a warning.

    A warning, for an error on a create would taint what was made.
    """
    raw, failed = _encode_each(schema, state, [planned])
    if failed:
        wanted, _ = _encode_each(schema, planned.state or {}, [planned])
        raw |= {name: wanted[name] for name in failed}
    for name, reason in failed.items():
        diagnostics.add_warning(*_unfit(name, reason), [name])
    return _pack(raw)


def _encode_each(
    schema: Schema, state: State, like: Sequence[Received], *, planned: bool = False
) -> tuple[dict[str, Any], dict[str, str]]:
    """The encoded attributes, and why some could not be. Raises EncodeError for what is no state at all."""
    if not isinstance(state, Mapping):
        raise codec.EncodeError(f"expected a state, got {type(state).__name__}")
    redaction.note(schema, state)
    raw: dict[str, Any] = dict.fromkeys(schema.by_name)
    failed = {}
    for name, attribute in schema.by_name.items():
        try:
            value = state.get(name) if planned else _finished(attribute, state.get(name))
            raw[name] = _encode_one(attribute, value, like)
        except codec.EncodeError as error:
            failed[name] = str(error)
        except Exception as error:  # noqa: BLE001 - whatever one value does, the others reach state
            failed[name] = type(error).__name__
    return raw, failed


def _encode_one(attribute: Attribute, value: Any, like: Sequence[Received]) -> Any:
    name, ty = attribute.name, attribute.cty
    for each in like:
        if each.state is not None and same(value, each.state[name]):
            return each.raw.get(name)
    return codec.encode(ty, value, codec.shape(ty, like[-1].raw.get(name)) if like else codec.DYNAMIC)


def _unfit(name: str, reason: str) -> tuple[str, str]:
    return f"{name} cannot be stored", f"Its value does not fit the schema: {reason}"


def _pack(raw: Any) -> Any:
    return messages.message("DynamicValue")(msgpack=codec.pack(raw))


def _finished(attribute: Attribute, value: Any) -> Any:
    """The value as it may be stored: nothing unknown in it, nothing write-only."""
    if attribute.write_only or value is Unknown:
        return None
    if attribute.nested is None:
        return _inside(value, _known)
    inner = attribute.nested.attributes
    if attribute.nested.mode == "SINGLE":
        return _finished_object(inner, value)
    return _inside(value, lambda item: _finished_object(inner, item))


def _finished_object(attributes: Iterable[Attribute], value: Any) -> Any:
    if not isinstance(value, dict):
        return _known(value)
    return {each.name: _finished(each, value.get(each.name)) for each in attributes}


def _known(value: Any) -> Any:
    return None if value is Unknown else _inside(value, _known)


def _inside(value: Any, change: Callable[[Any], Any]) -> Any:
    """The value with a change made to all that is in it; the very same where that changes nothing."""
    if isinstance(value, dict):
        changed = {name: change(item) for name, item in value.items()}
        return changed if any(changed[name] is not item for name, item in value.items()) else value
    if isinstance(value, list | tuple):
        items = [change(item) for item in value]
        return items if any(map(is_not, items, value)) else value
    return value


def upgrade(schema: Schema, raw_state: Any) -> bytes:
    """A stored state as JSON for the schema of today: what it no longer has is left out.

    It is handed through as it came otherwise: a dynamic value carries its type in it, and a number more digits
    than a float holds.
    """
    if raw_state.flatmap:
        raise codec.DecodeError("the state is in the form of Terraform 0.11, which no version of this provider wrote")
    # numbers are not looked at, for Python refuses the longest ones
    if stored(raw_state).keys() <= schema.by_name.keys():
        handed_through: bytes = raw_state.json
        return handed_through
    return _only(schema.by_name.keys(), raw_state.json.decode()).encode()


def stored(raw_state: Any) -> dict[str, Any]:
    """A stored state as plain JSON, its numbers as they are written there. Raises DecodeError."""
    try:
        found = json.loads(raw_state.json, parse_int=str, parse_float=str)
    except ValueError as error:
        raise codec.DecodeError("the stored state is not JSON") from error
    if not isinstance(found, dict):
        raise codec.DecodeError("the stored state is not an object")
    return found


def _only(names: Iterable[str], text: str) -> str:
    """The members of those names of a JSON object, each as it was written."""
    decoder = json.JSONDecoder(parse_int=str, parse_float=str)
    kept, at = [], _after(text, text.index("{") + 1)
    while text[at] != "}":
        name, end = decoder.raw_decode(text, at)
        _, value_end = decoder.raw_decode(text, _after(text, end))
        if name in names:
            kept.append(text[at:value_end])
        at = _after(text, value_end)
    return "{" + ",".join(kept) + "}"


def _after(text: str, at: int) -> int:
    found = _BETWEEN.match(text, at)
    assert found is not None
    return found.end()


def check_required(schema: Schema, config: State, diagnostics: Diagnostics) -> None:
    """Refuse null for a required attribute, nested ones too: Terraform lets a computed null through."""
    for path in _missing(schema.by_name.values(), config, []):
        name = ".".join(str(step[0]) if isinstance(step, tuple) else step for step in path)
        diagnostics.add_error(f"{name} is required", f"{name} is null. Give it a value.", path=path)


def refuse_write_only(schema: Schema, config: State, diagnostics: Diagnostics) -> None:
    """Refuse write-only values for a client that would write them to state (before protocol 6.8)."""
    for name, attribute in schema.by_name.items():
        if attribute.write_only and config.get(name) is not None:
            diagnostics.add_error(
                f"{name} needs a newer Terraform",
                "This version does not know write-only attributes and would write the secret to state. Use Terraform "
                "1.11 or newer, or OpenTofu 1.11 or newer.",
                path=[name],
            )


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
