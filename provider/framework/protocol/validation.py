"""Check a configuration against the schema: required attributes, write-only support, validators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from provider.framework.diagnostics import Finding
from provider.framework.paths import dotted
from provider.framework.protocol.plan import Path
from provider.framework.schema import Attribute, Schema
from provider.framework.values import Unknown, Value

if TYPE_CHECKING:
    from provider.framework.validators import Validator


def check(schema: Schema, config: Mapping[str, Value]) -> Iterator[Finding]:
    """Yield an error for each required attribute that is null, and the findings of the validators."""
    yield from _missing(schema.by_name.values(), config, [])
    yield from _check_object(schema.by_name.values(), schema.validators, config, [])


def check_write_only(schema: Schema, config: Mapping[str, Value]) -> Iterator[Finding]:
    """Yield an error for each write-only value . Terraform before protocol 6.8 would write the value to state."""
    yield from _write_only(schema.by_name.values(), config, [])


def _write_only(attributes: Iterable[Attribute], config: Mapping[str, Value], at: Path) -> Iterator[Finding]:
    for each in attributes:
        path = [*at, each.name]
        if each.write_only and config.get(each.name) is not None:
            yield Finding(
                f"{dotted(path)} needs a newer Terraform",
                "This version of Terraform does not know write-only attributes, and would write the secret to state. "
                "Use Terraform 1.11 or newer, or OpenTofu 1.11 or newer.",
                path,
            )
        elif each.nested is not None:
            for steps, item in each.nested.objects(config.get(each.name)):
                yield from _write_only(each.nested.attributes, item, [*path, *steps])


def _missing(attributes: Iterable[Attribute], config: Mapping[str, Value], at: Path) -> Iterator[Finding]:
    """Yield an error for each required attribute that is null. Terraform accepts a null that it computed."""
    for each in attributes:
        if each.required and config.get(each.name) is None:
            path = [*at, each.name]
            yield Finding(f"{dotted(path)} is required", f"{dotted(path)} is null. Give it a value.", path)
        elif each.nested is not None:
            for steps, item in each.nested.objects(config.get(each.name)):
                yield from _missing(each.nested.attributes, item, [*at, each.name, *steps])


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
            for steps, item in each.nested.objects(value):
                inner = [*at, each.name, *steps]
                yield from _check_object(each.nested.attributes, each.nested.validators, item, inner)
