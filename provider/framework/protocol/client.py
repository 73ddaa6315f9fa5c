"""A client of a provider: real messages through a servicer in this process, or through any other caller.

States and configurations are raw data, as MessagePack contains them: attributes by name, ``Unknown`` for an unknown
value, and ``typed`` for a dynamic one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple, TypeAlias

import msgpack

from provider.framework.protocol import messages
from provider.framework.protocol.call import Message
from provider.framework.protocol.servicer import Servicer
from provider.framework.provider import Provider
from provider.framework.schema import Schema
from provider.framework.values import Unknown, UnknownType

Raw: TypeAlias = bool | int | float | str | bytes | UnknownType | list["Raw"] | dict[str, "Raw"] | None
"""A value as MessagePack contains it."""

RawState: TypeAlias = dict[str, Raw]

Caller: TypeAlias = Callable[[str, Message], Message]
"""Call the RPC of a name with a request, and return the response."""

METHODS: Final = {method.name: method for method in messages.methods()}
"""The RPCs by name, with the classes of their requests and responses."""


def in_process(provider: Provider) -> Caller:
    """Return a caller of a provider. The provider is not configured until ``ConfigureProvider`` is called."""
    servicer = Servicer(provider)
    return lambda name, request: servicer.call(METHODS[name], request)


def typed(ty: bytes, value: Raw) -> list[Raw]:
    """Return a dynamic value: its type as JSON, and the value."""
    return [ty, value]


def text(value: str) -> list[Raw]:
    """Return a string as a dynamic value."""
    return typed(b'"string"', value)


def packed(value: Raw) -> Message:
    """Return a ``DynamicValue`` with a value."""
    return messages.message("DynamicValue")(msgpack=msgpack.packb(value, default=_pack_unknown))


def unpacked(value: Message) -> Any:
    """Return the value in a ``DynamicValue``. An unknown value is ``Unknown``."""
    return msgpack.unpackb(value.msgpack, ext_hook=_unpack_unknown)


def _pack_unknown(value: Raw) -> msgpack.ExtType:
    assert value is Unknown
    return msgpack.ExtType(0, b"\x00")


def _unpack_unknown(code: int, data: bytes) -> UnknownType:
    assert (code, data) == (0, b"\x00")
    return Unknown


def diagnostics(response: Message) -> list[tuple[str, str]]:
    """Return severity (``error`` or ``warning``) and summary of each diagnostic."""
    severity = messages.message("Diagnostic").Severity
    return [(severity.Name(each.severity).lower(), each.summary) for each in response.diagnostics]


def path(message: Message) -> list[str | int]:
    """Return the steps of an ``AttributePath``: names, keys and indices."""
    return [getattr(step, str(step.WhichOneof("selector"))) for step in message.steps]


class Answer(NamedTuple):
    """The state in a response, its private state, its diagnostics as (severity, summary), and the response."""

    state: Any
    private: bytes
    diagnostics: list[tuple[str, str]]
    response: Message

    @property
    def replaced(self) -> list[list[str | int]]:
        """The paths that require replacement."""
        return [path(each) for each in self.response.requires_replace]


class ResourceClient:
    """A client that calls the RPCs of one resource type as Terraform does. ``blank`` is null for every attribute."""

    def __init__(self, call: Caller, type_name: str, schema: Schema) -> None:
        self._call = call
        self.type_name = type_name
        self.schema = schema
        self.blank: RawState = dict.fromkeys(schema.by_name)

    def __call__(self, method: str, **fields: Any) -> Message:
        """Call an RPC. States and configurations are raw data."""
        request = METHODS[method].request
        known = request.DESCRIPTOR.fields_by_name
        values = {name: _sent(value) if _is_value(known[name]) else value for name, value in fields.items()}
        name = {"type_name": self.type_name} if "type_name" in known else {}
        return self._call(method, request(**name | values))

    def full(self, state: Mapping[str, Raw] | None) -> RawState | None:
        """Return a state with null for every attribute that is missing."""
        return None if state is None else {**self.blank, **state}

    def plan(
        self,
        prior: RawState | None,
        config: RawState | None,
        proposed: RawState | None = None,
        private: bytes = b"",
    ) -> Answer:
        """Plan. The default of ``proposed`` is what Terraform proposes for a schema without nested attributes."""
        response = self(
            "PlanResourceChange",
            prior_state=self.full(prior),
            proposed_new_state=self.full(self._proposed(prior, config) if proposed is None else proposed),
            config=self.full(config),
            prior_private=private,
        )
        return Answer(unpacked(response.planned_state), response.planned_private, diagnostics(response), response)

    def _proposed(self, prior: RawState | None, config: RawState | None) -> RawState | None:
        """Return the configuration, with prior values for computed attributes that are not configured."""
        if prior is None or config is None:
            return config
        kept = [name for name, each in self.schema.by_name.items() if each.computed and config.get(name) is None]
        return config | {name: prior.get(name) for name in kept}

    def apply(
        self,
        prior: RawState | None,
        planned: RawState | None,
        config: RawState | None = None,
        private: bytes = b"",
    ) -> Answer:
        """Apply a planned state. The default of ``config`` is the planned state."""
        response = self(
            "ApplyResourceChange",
            prior_state=self.full(prior),
            planned_state=self.full(planned),
            config=self.full(config if config is not None else planned),
            planned_private=private,
        )
        return Answer(unpacked(response.new_state), response.private, diagnostics(response), response)

    def change(self, prior: RawState | None, config: RawState | None, private: bytes = b"") -> Answer:
        """Plan and apply. If the plan failed, apply nothing and return the answer of the plan."""
        planned = self.plan(prior, config, private=private)
        if any(severity == "error" for severity, _ in planned.diagnostics):
            return planned
        return self.apply(prior, planned.state, config, planned.private)

    def read(self, state: RawState | None, private: bytes = b"") -> Answer:
        """Refresh a state."""
        response = self("ReadResource", current_state=self.full(state), private=private)
        return Answer(unpacked(response.new_state), response.private, diagnostics(response), response)

    def validate(self, config: RawState) -> list[tuple[str, str]]:
        """Return the diagnostics of a configuration."""
        capabilities = {"write_only_attributes_allowed": True}
        response = self("ValidateResourceConfig", config=self.full(config), client_capabilities=capabilities)
        return diagnostics(response)


def _is_value(field: Any) -> bool:
    return bool(field.message_type and field.message_type.name == "DynamicValue")


def _sent(value: Any) -> Message:
    return value if isinstance(value, messages.message("DynamicValue")) else packed(value)
