"""Attributes and types beyond tf's own: objects, dynamic values, nested attributes, write-only.

Each attribute also declares its plan rules, which ``planning.py`` carries out:

``keep``
    computed once and never again: an update leaves the prior value in the plan.
``default``
    what an attribute that is not configured is planned as, on create and on every update.
``requires_replace``
    a change of it plans a replacement.

Computed attributes with none of these are recomputed: unknown in every plan that changes something.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple, TypeAlias

from tf import schema as tf_schema
from tf.types import TfType as TfType

from provider.framework.protocol import codec, messages
from provider.framework.values import Json, Value, leaves

Secret: TypeAlias = bool | Callable[[Value], Iterable[Json]] | None
"""How an attribute declares its secrets: see ``Attribute``."""


class ByType(TfType):
    """A Terraform type given in cty's notation, coded by ``codec``."""

    def __init__(self, ty: codec.Type) -> None:
        self.ty = ty

    def encode(self, value: Any) -> Any:
        return codec.encode(self.ty, value)

    def decode(self, value: Any) -> Any:
        return codec.decode(self.ty, value)

    def tf_type(self) -> bytes:
        return json.dumps(self.ty, separators=(",", ":")).encode()


def list_of(element: TfType) -> ByType:
    """A list whose elements are all of one type."""
    return ByType(["list", cty(element)])


def set_of(element: TfType) -> ByType:
    """A set whose elements are all of one type."""
    return ByType(["set", cty(element)])


def map_of(element: TfType) -> ByType:
    """A map from strings to values of one type."""
    return ByType(["map", cty(element)])


def object_of(**attributes: TfType) -> ByType:
    """An object with those attributes."""
    return ByType(["object", {name: cty(ty) for name, ty in attributes.items()}])


STRING: Final = ByType("string")
NUMBER: Final = ByType("number")
BOOL: Final = ByType("bool")
DYNAMIC: Final = ByType(codec.DYNAMIC)


def cty(ty: TfType) -> codec.Type:
    """A tf type in cty's notation."""
    if isinstance(ty, ByType):
        return ty.ty
    parsed: codec.Type = json.loads(ty.tf_type())
    return parsed


class Nested(NamedTuple):
    """The attributes inside a nested attribute; ``mode`` is SINGLE, LIST, SET or MAP."""

    mode: str
    attributes: Sequence[Attribute]

    def cty(self) -> codec.Type:
        inner: codec.Type = ["object", {attribute.name: attribute.cty for attribute in self.attributes}]
        return inner if self.mode == "SINGLE" else [self.mode.lower(), inner]

    def to_message(self) -> Any:
        kind = messages.message("Schema.Object")
        return kind(
            attributes=[attribute.to_message() for attribute in self.attributes],
            nesting=kind.NestingMode.Value(self.mode),
        )


class Attribute(tf_schema.Attribute):
    """tf's attribute with nested attributes, write-only values and the plan rules above. ``cty`` is its type.

    Exactly one of ``type`` and ``nested`` is given.

    ``secret`` says which scalar values inside the attribute are redacted in diagnostics and logs: all (True), none
    (False), or those that a callable returns for the decoded value. By default a write-only or sensitive attribute is
    secret. A nested attribute decides for itself, and otherwise follows the attribute around it. ``identifier`` marks
    an id of the service, such as a slug or a run id. Identifiers are never redacted.
    """

    def __init__(
        self,
        name: str,
        type: TfType | None = None,  # noqa: A002 - tf's own name for it
        *,
        description: str,
        nested: Nested | None = None,
        required: bool = False,
        optional: bool = False,
        computed: bool = False,
        sensitive: bool = False,
        write_only: bool = False,
        keep: bool = False,
        requires_replace: bool = False,
        default: Any = None,
        secret: Secret = None,
        identifier: bool = False,
    ) -> None:
        assert (type is None) != (nested is None)
        super().__init__(
            name,
            type or ByType(nested.cty() if nested else ""),
            description,
            required=required,
            optional=optional,
            computed=computed or default is not None,
            sensitive=sensitive,
            requires_replace=requires_replace,
            default=default,
        )
        self.cty: codec.Type = cty(self.type)
        self.nested = nested
        self.write_only = write_only
        self.keep = keep
        self.secret: Secret = secret if secret is not None else (write_only or sensitive or None)
        self.identifier = identifier

    @property
    def has_write_only(self) -> bool:
        """True if the attribute or a nested one is write-only."""
        return self.write_only or any(each.has_write_only for each in (self.nested.attributes if self.nested else ()))

    def to_message(self) -> Any:
        """The protocol's ``Schema.Attribute``; a nested attribute leaves ``type`` empty."""
        return messages.message("Schema.Attribute")(
            name=self.name,
            type=b"" if self.nested else self.type.tf_type(),
            nested_type=self.nested.to_message() if self.nested else None,
            description=self.description,
            description_kind=messages.MARKDOWN,
            required=self.required,
            optional=self.optional,
            computed=self.computed,
            sensitive=self.sensitive,
            write_only=self.write_only,
        )


class Schema(tf_schema.Schema):
    """The attributes of a resource, a data source or the provider. Blocks are not used here."""

    def __init__(self, attributes: Sequence[Attribute], *, description: str, version: int = 0) -> None:
        super().__init__(list(attributes), version, description=description)
        self.by_name: dict[str, Attribute] = {attribute.name: attribute for attribute in attributes}
        self.cty: codec.Type = ["object", {name: each.cty for name, each in self.by_name.items()}]
        self.write_only: list[str] = [each.name for each in attributes if each.has_write_only]

    def to_message(self) -> Any:
        """The protocol's ``Schema``."""
        return messages.message("Schema")(
            version=self.version,
            block=messages.message("Schema.Block")(
                attributes=[attribute.to_message() for attribute in self.by_name.values()],
                description=self.description,
                description_kind=messages.MARKDOWN,
            ),
        )

    def secrets_in(self, config: Mapping[str, Any]) -> list[Json]:
        """Return the secret scalar values of a decoded configuration or state."""
        found = _marked(self.by_name.values(), config, lambda each: each.secret)
        return [_as_json(value) for value in found]

    def identifiers_in(self, state: Mapping[str, Any]) -> list[Json]:
        """Return the scalar values of the attributes that are identifiers."""
        found = _marked(self.by_name.values(), state, lambda each: each.identifier or None)
        return [_as_json(value) for value in found]


def _marked(
    attributes: Iterable[Attribute],
    values: Mapping[str, Any],
    mark: Callable[[Attribute], Secret],
    around: Secret = None,
) -> Iterator[Json | Decimal]:
    """Yield the scalar values of the attributes that ``mark`` selects. Without a mark, the one around it applies."""
    for each in attributes:
        value, own = values.get(each.name), mark(each)
        marked = around if own is None else own
        if callable(marked):
            yield from marked(value)
        elif each.nested is None:
            yield from leaves(value) if marked else ()
        else:
            for item in _objects(each.nested.mode, value):
                yield from _marked(each.nested.attributes, item, mark, marked)


def _objects(mode: str, value: Value) -> list[dict[str, Value]]:
    """Return the objects in the value of a nested attribute."""
    items = [value] if mode == "SINGLE" else value.values() if isinstance(value, dict) else value
    return [item for item in items if isinstance(item, dict)] if isinstance(items, Iterable) else []


def _as_json(value: Json | Decimal) -> Json:
    """Return a number that no float holds exactly as text, and any other value unchanged."""
    return str(value) if isinstance(value, Decimal) else value
