"""RPCs as Terraform makes them, in this process: raw MessagePack in and out, independent of the provider's codec."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import msgpack
from tf.gen import tfplugin_pb2
from tf.provider import ProviderServicer

from provider.framework import Attribute, Provider, Unknown
from provider.framework.protocol import messages
from provider.framework.protocol.servicer import Servicer

METHODS = {method.name: method for method in messages.methods()}

Caller = Callable[[str, Any], Any]


def typed(ty: bytes, value: Any) -> list[Any]:
    """A dynamic value as it is sent: its type as JSON, and itself."""
    return [ty, value]


def text(value: str) -> list[Any]:
    """A string as a dynamic value."""
    return typed(b'"string"', value)


def packed(value: Any) -> Any:
    """A ``DynamicValue`` of raw data, in which tf's Unknown may stand."""
    return messages.message("DynamicValue")(msgpack=msgpack.packb(value, default=_unknown))


def _sent(value: Any) -> Any:
    return value if isinstance(value, messages.message("DynamicValue")) else packed(value)


def _unknown(value: Any) -> Any:
    assert value is Unknown
    return msgpack.ExtType(0, b"\x00")


def unpacked(value: Any) -> Any:
    """The raw data of a ``DynamicValue``; an unknown value of the plain form is tf's Unknown."""
    return msgpack.unpackb(value.msgpack, ext_hook=_read_unknown)


def _read_unknown(code: int, data: bytes) -> Any:
    assert (code, data) == (0, b"\x00")
    return Unknown


def by_servicer(provider: Provider) -> Caller:
    """Calls of the provider's own servicer."""
    servicer = Servicer(provider)
    return lambda name, request: servicer.call(METHODS[name], request)


def by_tf(provider: Provider) -> Caller:
    """Calls of tf's servicer, as a control. Its exceptions come through, as gRPC would see them."""
    servicer = ProviderServicer(provider)

    def call(name: str, request: Any) -> Any:
        theirs = getattr(tfplugin_pb2, name).Request.FromString(request.SerializeToString())
        answer = getattr(servicer, name)(theirs, None)
        return METHODS[name].response.FromString(answer.SerializeToString())

    return call


@dataclass(frozen=True)
class Told:
    """An answer: the state in it, its private bytes, and the diagnostics as (severity, summary)."""

    state: Any
    private: bytes
    diagnostics: list[tuple[str, str]]
    response: Any

    @property
    def replaced(self) -> list[list[Any]]:
        """The paths that force a replacement."""
        return [
            [getattr(step, str(step.WhichOneof("selector"))) for step in path.steps]
            for path in self.response.requires_replace
        ]


def diagnostics(response: Any) -> list[tuple[str, str]]:
    """Severity and summary of each diagnostic."""
    severity = messages.message("Diagnostic").Severity
    return [(severity.Name(each.severity).lower(), each.summary) for each in response.diagnostics]


class Client:
    """One resource type of a provider, called as Terraform calls it; ``blank`` holds null for every attribute."""

    def __init__(self, call: Caller, type_name: str, attributes: Mapping[str, Attribute]) -> None:
        self._call = call
        self.type_name = type_name
        self.attributes = attributes
        self.blank: dict[str, Any] = dict.fromkeys(attributes)

    def __call__(self, method: str, **fields: Any) -> Any:
        """Call an RPC; states and configurations are given as raw data."""
        request = METHODS[method].request
        known = request.DESCRIPTOR.fields_by_name
        values = {
            name: _sent(value)
            if known[name].message_type and known[name].message_type.name == "DynamicValue"
            else value
            for name, value in fields.items()
        }
        name = {"type_name": self.type_name} if "type_name" in known else {}
        return self._call(method, request(**name | values))

    def full(self, state: dict[str, Any] | None) -> dict[str, Any] | None:
        return None if state is None else self.blank | state

    def plan(
        self,
        prior: dict[str, Any] | None,
        config: dict[str, Any] | None,
        proposed: dict[str, Any] | None = None,
        private: bytes = b"",
    ) -> Told:
        """Plan. ``proposed`` is by default the configuration, and prior values where a computed attribute is null."""
        after = proposed if proposed is not None else config
        if proposed is None and prior is not None and config is not None:
            kept = [name for name, each in self.attributes.items() if each.computed and config.get(name) is None]
            after = config | {name: prior.get(name) for name in kept}
        response = self(
            "PlanResourceChange",
            prior_state=self.full(prior),
            proposed_new_state=self.full(after),
            config=self.full(config),
            prior_private=private,
        )
        return Told(unpacked(response.planned_state), response.planned_private, diagnostics(response), response)

    def apply(
        self,
        prior: dict[str, Any] | None,
        planned: dict[str, Any] | None,
        config: dict[str, Any] | None = None,
        private: bytes = b"",
    ) -> Told:
        """Apply a planned state."""
        response = self(
            "ApplyResourceChange",
            prior_state=self.full(prior),
            planned_state=self.full(planned),
            config=self.full(config if config is not None else planned),
            planned_private=private,
        )
        return Told(unpacked(response.new_state), response.private, diagnostics(response), response)

    def read(self, state: dict[str, Any] | None, private: bytes = b"") -> Told:
        """Refresh a state."""
        response = self("ReadResource", current_state=self.full(state), private=private)
        return Told(unpacked(response.new_state), response.private, diagnostics(response), response)
