"""Schemas: attributes, nested attributes, and what they declare about planning, validation and secrets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypeVar

from tf import schema as tf_schema

from provider.framework import plan_modifiers as modifiers
from provider.framework.plan_modifiers import PlanModifier
from provider.framework.protocol import codec, messages
from provider.framework.types import CtyType, TfType, cty
from provider.framework.values import Json, Value, leaves

if TYPE_CHECKING:
    from google.protobuf.message import Message

    from provider.framework.validators import Validator

T = TypeVar("T")
Steps: TypeAlias = tuple[tuple[str | int], ...]
"""The path from the value of a nested attribute to an object in it: empty, or one map key or list index."""
Secret: TypeAlias = bool | Callable[[Value], Iterable[Json]] | None
"""How an attribute declares its secrets: see ``Attribute``."""


class Nested(NamedTuple):
    """The attributes inside a nested attribute.

    ``mode`` is SINGLE, LIST, SET or MAP. ``validators`` are called with each object.
    """

    mode: str
    attributes: Sequence[Attribute]
    validators: Sequence[Validator] = ()

    @property
    def cty(self) -> codec.Type:
        """The type in cty's notation."""
        inner: codec.Type = ["object", {attribute.name: attribute.cty for attribute in self.attributes}]
        return inner if self.mode == "SINGLE" else [self.mode.lower(), inner]

    def objects(self, value: Value) -> Iterator[tuple[Steps, dict[str, Value]]]:
        """Yield each object in a value of the attribute, with the path from the value to the object."""
        if self.mode == "SINGLE":
            yield from [((), value)] if isinstance(value, dict) else ()
            return
        items = (
            value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list | tuple) else ()
        )
        for key, item in items:
            if isinstance(item, dict):
                yield ((key,),), item

    def to_message(self) -> Message:
        """Return the protocol's ``Schema.Object``."""
        kind = messages.message("Schema.Object")
        found: Message = kind(
            attributes=[attribute.to_message() for attribute in self.attributes],
            nesting=kind.NestingMode.Value(self.mode),
        )
        return found


class Attribute(tf_schema.Attribute):
    """An attribute of a schema. Exactly one of ``type`` and ``nested`` is given. ``cty`` is the type in cty's notation.

    ``validators`` check configured values (see ``validators.py``). ``plan_modifiers`` are the rules of planning (see
    ``plan_modifiers.py``). ``keep``, ``requires_replace`` and ``default`` are short forms of the plan modifiers with
    these names.

    ``secret`` selects the scalar values inside the attribute that diagnostics and logs redact. True selects all, False
    selects none, and a callable returns them for the decoded value. By default a write-only or sensitive attribute is
    secret, and an attribute of a nested object has the setting of the attribute around it. ``identifier`` marks an id
    of the service, such as a slug or a run id. Identifiers stay readable: see ``redaction.py``.
    """

    def __init__(
        self,
        name: str,
        type: TfType | None = None,  # noqa: A002 - tf's name
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
        default: Value = None,
        plan_modifiers: Sequence[PlanModifier] = (),
        validators: Sequence[Validator] = (),
        secret: Secret = None,
        identifier: bool = False,
    ) -> None:
        assert (type is None) != (nested is None)
        self._set_modifiers((*plan_modifiers, *_short_forms(keep, requires_replace, default)))
        super().__init__(
            name,
            type or CtyType(nested.cty if nested else ""),
            description,
            required=required,
            optional=optional,
            computed=computed or self.default_value is not None,
            sensitive=sensitive,
            requires_replace=self.replace is not None,
            default=self.default_value and self.default_value.value,
        )
        self.cty: codec.Type = cty(self.type)
        self.nested = nested
        self.write_only = write_only
        self.validators = validators
        self.secret: Secret = secret if secret is not None else (write_only or sensitive or None)
        self.identifier = identifier

    def _set_modifiers(self, rules: Sequence[PlanModifier]) -> None:
        self.plan_modifiers = rules
        self.default_value = _first(rules, modifiers.Default)
        self.keep = _first(rules, modifiers.Keep)
        self.replace = _first(rules, modifiers.RequiresReplace)

    @property
    def has_write_only(self) -> bool:
        """True if the attribute or a nested one is write-only."""
        return self.write_only or any(each.has_write_only for each in (self.nested.attributes if self.nested else ()))

    def to_message(self) -> Message:
        """Return the protocol's ``Schema.Attribute``. A nested attribute leaves ``type`` empty."""
        found: Message = messages.message("Schema.Attribute")(
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
        return found


def _short_forms(keep: bool, requires_replace: bool, default: Value) -> Iterator[PlanModifier]:
    if keep:
        yield modifiers.keep()
    if requires_replace:
        yield modifiers.requires_replace()
    if default is not None:
        yield modifiers.default(default)


def _first(rules: Iterable[PlanModifier], kind: type[T]) -> T | None:
    return next((rule for rule in rules if isinstance(rule, kind)), None)


class Schema(tf_schema.Schema):
    """The attributes of a resource, a data source or the provider. Nested blocks are not supported.

    ``validators`` are called with the whole configuration. ``version`` is the schema version of stored states.
    ``write_only`` names the attributes that are write-only or contain a write-only attribute.
    """

    def __init__(
        self,
        attributes: Sequence[Attribute],
        *,
        description: str,
        version: int = 0,
        validators: Sequence[Validator] = (),
    ) -> None:
        super().__init__(list(attributes), version, description=description)
        self.version: int = version
        self.validators = validators
        self.by_name: dict[str, Attribute] = {attribute.name: attribute for attribute in attributes}
        self.cty: codec.Type = ["object", {name: each.cty for name, each in self.by_name.items()}]
        self.write_only: list[str] = [each.name for each in attributes if each.has_write_only]

    def to_message(self) -> Message:
        """Return the protocol's ``Schema``."""
        found: Message = messages.message("Schema")(
            version=self.version,
            block=messages.message("Schema.Block")(
                attributes=[attribute.to_message() for attribute in self.by_name.values()],
                description=self.description,
                description_kind=messages.MARKDOWN,
            ),
        )
        return found

    def secrets_in(self, config: Mapping[str, Value]) -> list[Json]:
        """Return the secret scalar values of a decoded configuration or state."""
        found = _marked(self.by_name.values(), config, lambda each: each.secret)
        return [_as_json(value) for value in found]

    def identifiers_in(self, state: Mapping[str, Value]) -> list[Json]:
        """Return the scalar values of the attributes that are identifiers."""
        found = _marked(self.by_name.values(), state, lambda each: each.identifier or None)
        return [_as_json(value) for value in found]


def _marked(
    attributes: Iterable[Attribute],
    values: Mapping[str, Value],
    mark: Callable[[Attribute], Secret],
    around: Secret = None,
) -> Iterator[Json | Decimal]:
    """Yield the scalar values of the attributes that ``mark`` selects.

    ``around`` is the mark of the attribute around these attributes. An attribute without a mark gets that mark.
    """
    for each in attributes:
        value, own = values.get(each.name), mark(each)
        marked = around if own is None else own
        if callable(marked):
            yield from marked(value)
        elif each.nested is None:
            yield from leaves(value) if marked else ()
        else:
            for _, item in each.nested.objects(value):
                yield from _marked(each.nested.attributes, item, mark, marked)


def _as_json(value: Json | Decimal) -> Json:
    """Return a Decimal as text, and any other value unchanged."""
    return str(value) if isinstance(value, Decimal) else value
