"""Check a configuration against the schema: required attributes, write-only support, validators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from provider.framework.diagnostics import Finding
from provider.framework.paths import dotted
from provider.framework.protocol.plan import Path
from provider.framework.schema import Attribute, Nested, Schema
from provider.framework.values import Unknown, Value

if TYPE_CHECKING:
    from provider.framework.validators import Validator


def check(schema: Schema, config: Mapping[str, Value]) -> Iterator[Finding]:
    """Yield an error for each missing attribute, and the findings of the validators."""
    yield from _missing(schema.by_name.values(), config, [])
    yield from _check_object(schema.by_name.values(), schema.validators, config, [])


def check_write_only(schema: Schema, config: Mapping[str, Value]) -> Iterator[Finding]:
    """Yield an error for each write-only value, for a client before protocol 6.8, which would write it to state."""
    for name, attribute in schema.by_name.items():
        if attribute.write_only and config.get(name) is not None:
            yield Finding(
                f"{name} needs a newer Terraform",
                "This version does not know write-only attributes and would write the secret to state. Use Terraform "
                "1.11 or newer, or OpenTofu 1.11 or newer.",
                [name],
            )


def _missing(attributes: Iterable[Attribute], config: Mapping[str, Value], at: Path) -> Iterator[Finding]:
    """Yield an error for each required attribute that is null. Terraform accepts a null that it computed."""
    for each in attributes:
        if each.required and config.get(each.name) is None:
            path = [*at, each.name]
            yield Finding(f"{dotted(path)} is required", f"{dotted(path)} is null. Give it a value.", path)
        elif each.nested is not None:
            for inner, item in _objects(each.nested, config.get(each.name), [*at, each.name]):
                yield from _missing(each.nested.attributes, item, inner)


def _check_object(
    attributes: Iterable[Attribute], validators: Sequence[Validator], config: Mapping[str, Value], at: Path
) -> Iterator[Finding]:
    for validator in validators:
        yield from validator(dict(config), at)
    for each in attributes:
        value = config.get(each.name)
        if each.validators and value is not None and value is not Unknown:
            for rule in each.validators:
                yield from rule(value, [*at, each.name])
        if each.nested is not None:
            for inner, item in _objects(each.nested, value, [*at, each.name]):
                yield from _check_object(each.nested.attributes, each.nested.validators, item, inner)


def _objects(nested: Nested, value: Value, path: Path) -> Iterator[tuple[Path, dict[str, Value]]]:
    """Yield the path and the values of each object in the value of a nested attribute."""
    if nested.mode == "SINGLE":
        if isinstance(value, dict):
            yield path, value
        return
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        if isinstance(item, dict):
            yield [*path, (key,)], item
