"""The messages of protocol 6: tf's generated 6.5 file plus the later fields that are in use.

The later fields are added to a copy of the descriptor in a separate pool, because the default pool refuses a second
definition of a name. Old and new classes have the same wire format, so they exchange bytes.

Names are those of the protocol, such as ``message("PlanResourceChange.Request")``.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final, NamedTuple

from provider.framework.lazy_imports import deferred

with deferred(
    "google.protobuf.internal.python_message"
):  # messages in pure Python, which are used only if the C library is missing
    from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
    from tf.gen import tfplugin_pb2

PACKAGE: Final = "tfplugin6"
MARKDOWN: Final = tfplugin_pb2.MARKDOWN
SERVICE: Final = f"{PACKAGE}.Provider"

_BOOL: Final = descriptor_pb2.FieldDescriptorProto.TYPE_BOOL
_MESSAGE: Final = descriptor_pb2.FieldDescriptorProto.TYPE_MESSAGE


class LaterField(NamedTuple):
    """A field that a protocol version after 6.5 added. ``minor`` is that version."""

    minor: str
    message: str
    name: str
    number: int
    kind: descriptor_pb2.FieldDescriptorProto.Type.ValueType
    type_name: str = ""


LATER_FIELDS: Final = (
    LaterField("6.6", "ClientCapabilities", "deferral_allowed", 1, _BOOL),
    LaterField("6.8", "ClientCapabilities", "write_only_attributes_allowed", 2, _BOOL),
    LaterField("6.8", "Schema.Attribute", "write_only", 11, _BOOL),
    LaterField("6.8", "ValidateResourceConfig.Request", "client_capabilities", 3, _MESSAGE, "ClientCapabilities"),
)


def _find_or_add(file: descriptor_pb2.FileDescriptorProto, path: str) -> descriptor_pb2.DescriptorProto:
    messages = file.message_type
    found = None
    for name in path.split("."):
        found = next((message for message in messages if message.name == name), None)
        if found is None:
            found = messages.add(name=name)
        messages = found.nested_type
    assert found is not None
    return found


def _extended_file() -> descriptor_pb2.FileDescriptorProto:
    file = descriptor_pb2.FileDescriptorProto.FromString(tfplugin_pb2.DESCRIPTOR.serialized_pb)
    for later in LATER_FIELDS:
        field = _find_or_add(file, later.message).field.add(
            name=later.name,
            number=later.number,
            type=later.kind,
            label=descriptor_pb2.FieldDescriptorProto.LABEL_OPTIONAL,
        )
        if later.type_name:
            field.type_name = f".{PACKAGE}.{later.type_name}"
    return file


_pool = descriptor_pool.DescriptorPool()
_pool.Add(_extended_file())


@cache
def message(name: str) -> Any:
    """Return the class of a message, such as ``Schema.Attribute``. Raises KeyError if there is none."""
    return message_factory.GetMessageClass(_pool.FindMessageTypeByName(f"{PACKAGE}.{name}"))


class Method(NamedTuple):
    """One RPC of the Provider service, with the classes of its request and response."""

    name: str
    request: Any
    response: Any


def methods() -> list[Method]:
    """Return the RPCs of the service, in the order of the protocol file."""
    service = _pool.FindServiceByName(SERVICE)
    return [
        Method(
            method.name,
            message_factory.GetMessageClass(method.input_type),
            message_factory.GetMessageClass(method.output_type),
        )
        for method in service.methods
    ]
