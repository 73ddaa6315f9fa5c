"""The values of a workflow's credential: those of ``credential_wo``, or of the raw input ``credential``."""

from __future__ import annotations

from collections.abc import Iterator

from provider.framework import Context, Finding, Value
from provider.model import credential_values
from provider.model.credential import WIRE_KEYS
from provider.model.credential_values import Field, Fields
from provider.model.inputs import CREDENTIAL, as_object
from provider.model.json_inputs import as_json
from provider.model.key_places import key_place
from provider.resources.app.schema import AppState


def check(config: AppState) -> Iterator[Finding]:
    """Yield a finding for each value of the configured credential that cannot be right."""
    yield from _check(config["credential_wo"], as_object(config["inputs"]).get(CREDENTIAL))


def refuse_wrong(ctx: Context[AppState]) -> None:
    """Raise UserError if an apply knows that a value of the credential cannot be right."""
    inputs = ctx.config["inputs"]
    raw_credential = inputs.get(CREDENTIAL) if isinstance(inputs, dict) else None
    credential_values.refuse(_check(ctx.config["credential_wo"], raw_credential))


def _check(credential_wo: Value, raw_credential: Value) -> Iterator[Finding]:
    if isinstance(credential_wo, dict):
        yield from credential_values.check(_attributes(credential_wo))
    opened = as_json(raw_credential)
    if isinstance(opened, dict):
        yield from credential_values.check(_raw(opened))


def _attributes(values: dict[str, Value]) -> Fields:
    password, host, extra = (Field(values.get(name), f"credential_wo.{name}") for name in ("password", "host", "extra"))
    connector, auth_type = values.get("connector_config_name"), values.get("auth_type")
    return Fields(connector, auth_type, password, host, ["credential_wo", "host"], _extra(extra))


def _raw(body: dict[str, Value]) -> Fields:
    password, host, extra = (
        Field(body.get(WIRE_KEYS[name]), f"inputs.{CREDENTIAL}.{WIRE_KEYS[name]}")
        for name in ("password", "host", "extra")
    )
    connector, auth_type = (body.get(WIRE_KEYS[name]) for name in ("connector_config_name", "auth_type"))
    return Fields(connector, auth_type, password, host, None, _extra(extra))


def _extra(extra: Field) -> tuple[Field, ...]:
    """Return the values in ``extra``. A key that no known way to sign in has is shown as its place in the alphabet."""
    items = as_object(as_json(extra.value))
    return tuple(
        Field(items[key], f"{extra.name}.{key}", key, key_place(extra.name, key, items)) for key in sorted(items)
    )
