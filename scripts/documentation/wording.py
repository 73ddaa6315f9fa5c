"""Types and flags of attributes in words, as the registry's pages have them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from provider.framework import Attribute
from provider.framework.schema import cty
from scripts.documentation.schemas import Block, walk

_SCALARS: Final = {"string": "String", "number": "Number", "bool": "Boolean", "dynamic": "Dynamic"}
_MEANINGS: Final = {
    "Write-only": "the provider sends the value; neither plans nor state contain it.",
    "Computed when unset": "if the configuration does not set the value, an apply computes the value.",
    "Forces replacement": "a change replaces the resource.",
}
_NESTED: Final = {"SINGLE": "Object", "LIST": "List of Object", "SET": "Set of Object", "MAP": "Map of Object"}


def spoken(ty: Any) -> str:
    """A type in cty's notation as a page writes it: ``List of String``."""
    if isinstance(ty, str):
        return _SCALARS[ty]
    kind, inner = ty
    if kind == "object":
        return f"Object with {_listed(f'`{name}` ({spoken(each)})' for name, each in inner.items())}"
    return f"{kind.capitalize()} of {spoken(inner)}"


def type_of(holder: Any) -> str:
    """The type of an attribute, a function's parameter or its return."""
    if isinstance(holder, Attribute) and holder.nested:
        return _NESTED[holder.nested.mode]
    return spoken(cty(holder.type))


def marks(attribute: Attribute) -> str:
    """The type, and what is special about the attribute: ``String, Forces replacement``."""
    return ", ".join([type_of(attribute), *flags(attribute)])


def flags(attribute: Attribute) -> list[str]:
    """What is special about the attribute."""
    special = {
        "Sensitive": attribute.sensitive,
        "Write-only": attribute.write_only,
        "Computed when unset": attribute.optional and attribute.computed and attribute.default is None,
        "Forces replacement": attribute.requires_replace,
    }
    return [word for word, holds in special.items() if holds]


def legend(block: Block) -> list[str]:
    """What those of these words mean that stand with the block's attributes."""
    used = {flag for _, attribute in walk(block.attributes) for flag in flags(attribute)}
    return [f"*{word}*: {meaning}" for word, meaning in _MEANINGS.items() if word in used]


def groups(attributes: Sequence[Attribute]) -> dict[str, list[Attribute]]:
    """The attributes by whether they must, may or can't be set, without empty groups."""
    kinds = {
        "Required": [each for each in attributes if each.required],
        "Optional": [each for each in attributes if each.optional],
        "Read-Only": [each for each in attributes if not (each.required or each.optional)],
    }
    return {kind: found for kind, found in kinds.items() if found}


def anchor(path: Iterable[str]) -> str:
    """The anchor of a nested attribute's section, as the registry's own generator names it."""
    return "--".join(("nestedatt", *path))


def call_of(function: Any) -> str:
    """How a function is called: ``anchored_filter(map map(list(string))) map(list(string))``."""
    signature = function.signature
    parameters = ", ".join(f"{each.name} {notation(cty(each.type))}" for each in signature.parameters)
    return f"{function.name}({parameters}) {notation(cty(signature.return_type.type))}"


def notation(ty: Any) -> str:
    """A type in cty's notation as HCL's type constraints write it: ``map(list(string))``."""
    if isinstance(ty, str):
        return ty
    kind, inner = ty
    if kind == "object":
        return f"object({{{', '.join(f'{name} = {notation(each)}' for name, each in inner.items())}}})"
    return f"{kind}({notation(inner)})"


def _listed(parts: Iterable[str]) -> str:
    *most, last = parts
    return f"{', '.join(most)} and {last}" if most else last
