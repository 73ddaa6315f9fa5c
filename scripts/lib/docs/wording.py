"""Describe types and flags of attributes in the words of the registry's pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from provider.framework import Attribute
from provider.framework.types import cty
from scripts.lib.docs.schemas import Block, walk

_SCALARS: Final = {"string": "String", "number": "Number", "bool": "Boolean", "dynamic": "Dynamic"}
_MEANINGS: Final = {
    "Write-only": "the provider sends the value; neither plans nor state contain it.",
    "Computed when unset": "if the configuration does not set the value, an apply computes the value.",
    "Forces replacement": "a change replaces the resource.",
}
_NESTED: Final = {"SINGLE": "Object", "LIST": "List of Object", "SET": "Set of Object", "MAP": "Map of Object"}


def spoken(ty: Any) -> str:
    """Return a type in cty's notation as the pages write it: ``List of String``."""
    if isinstance(ty, str):
        return _SCALARS[ty]
    kind, inner = ty
    if kind == "object":
        return f"Object with {_listed(f'`{name}` ({spoken(each)})' for name, each in inner.items())}"
    return f"{kind.capitalize()} of {spoken(inner)}"


def type_of(holder: Any) -> str:
    """Return the type of an attribute, of a function's parameter or of its return value, in words."""
    if isinstance(holder, Attribute) and holder.nested:
        return _NESTED[holder.nested.mode]
    return spoken(cty(holder.type))


def marks(attribute: Attribute) -> str:
    """Return the type and the flags of the attribute: ``String, Forces replacement``."""
    return ", ".join([type_of(attribute), *flags(attribute)])


def flags(attribute: Attribute) -> list[str]:
    """Return the flags of the attribute that the pages show."""
    special = {
        "Sensitive": attribute.sensitive,
        "Write-only": attribute.write_only,
        "Computed when unset": attribute.optional and attribute.computed and attribute.default is None,
        "Forces replacement": attribute.requires_replace,
    }
    return [word for word, is_set in special.items() if is_set]


def legend(block: Block) -> list[str]:
    """Return the meaning of each flag that an attribute of the block has."""
    used = {flag for _, attribute in walk(block.attributes) for flag in flags(attribute)}
    return [f"*{word}*: {meaning}" for word, meaning in _MEANINGS.items() if word in used]


def groups(attributes: Sequence[Attribute]) -> dict[str, list[Attribute]]:
    """Return the attributes in three groups: required, optional, read-only. Empty groups are left out."""
    kinds = {
        "Required": [each for each in attributes if each.required],
        "Optional": [each for each in attributes if each.optional],
        "Read-Only": [each for each in attributes if not (each.required or each.optional)],
    }
    return {kind: found for kind, found in kinds.items() if found}


def anchor(path: Iterable[str]) -> str:
    """Return the anchor of a nested attribute's section. HashiCorp's generator uses the same names."""
    return "--".join(("nestedatt", *path))


def call_of(function: Any) -> str:
    """Return the call of a function: ``anchored_filter(map map(list(string))) map(list(string))``."""
    signature = function.signature
    parameters = ", ".join(f"{each.name} {notation(cty(each.type))}" for each in signature.parameters)
    return f"{function.name}({parameters}) {notation(cty(signature.return_type.type))}"


def notation(ty: Any) -> str:
    """Return a type in cty's notation as an HCL type constraint: ``map(list(string))``."""
    if isinstance(ty, str):
        return ty
    kind, inner = ty
    if kind == "object":
        return f"object({{{', '.join(f'{name} = {notation(each)}' for name, each in inner.items())}}})"
    return f"{kind}({notation(inner)})"


def _listed(parts: Iterable[str]) -> str:
    *most, last = parts
    return f"{', '.join(most)} and {last}" if most else last
