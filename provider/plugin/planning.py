"""What a plan is before the resource has its say: defaults, recomputed values, replacements.

Source: ``PlanResourceChange``. Terraform hands in the prior state, the configuration, and a proposed state in
which computed attributes that are not configured hold their prior values.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tf.types import Unknown

from provider.plugin.codec import same
from provider.plugin.schema import Attribute, Schema

State = dict[str, Any]
Path = list[Any]


@dataclass
class Plan:
    """A planned state, the names of the attributes that differ from prior, and the paths that force replacement."""

    planned: State
    changed: set[str] = field(default_factory=set)
    requires_replace: list[Path] = field(default_factory=list)


def plan(schema: Schema, prior: State | None, proposed: State, config: State) -> Plan:
    """Plan a create (``prior`` is None) or an update by the rules that the attributes declare."""
    attributes = schema.by_name.values()
    wanted = {each.name: _with_default(each, proposed.get(each.name), config.get(each.name)) for each in attributes}
    before = prior or {}
    changed = {name for name, value in wanted.items() if prior is None or not same(value, before.get(name))}
    if not changed:
        return Plan(wanted)
    planned = {
        each.name: _recomputed(each, wanted[each.name], before.get(each.name), config.get(each.name))
        for each in attributes
    }
    replacing = list(replacements(attributes, before, planned)) if prior is not None else []
    return Plan(planned, changed, replacing)


def replacements(
    attributes: Iterable[Attribute], prior: State, planned: State, at: Path | None = None
) -> Iterable[Path]:
    """The paths, nested ones too, whose change replaces the resource."""
    for each in attributes:
        path = [*(at or []), each.name]
        before, after = prior.get(each.name), planned.get(each.name)
        if same(before, after):
            continue
        if each.requires_replace:
            yield path
        elif each.nested and isinstance(before, dict) and isinstance(after, dict):
            yield from replacements(each.nested.attributes, before, after, path)


def _with_default(attribute: Attribute, proposed: Any, config: Any) -> Any:
    if attribute.write_only:
        return None
    if config is None and attribute.default is not None:
        return attribute.default
    if attribute.nested and isinstance(proposed, dict) and isinstance(config, dict):
        inner = attribute.nested.attributes
        return {each.name: _with_default(each, proposed.get(each.name), config.get(each.name)) for each in inner}
    return proposed


def _recomputed(attribute: Attribute, wanted: Any, prior: Any, config: Any) -> Any:
    if attribute.nested and isinstance(wanted, dict) and isinstance(config, dict):
        before = prior if isinstance(prior, dict) else {}
        return {
            each.name: _recomputed(each, wanted.get(each.name), before.get(each.name), config.get(each.name))
            for each in attribute.nested.attributes
        }
    if not attribute.computed or config is not None or attribute.default is not None:
        return wanted
    return prior if attribute.keep and prior is not None else Unknown
