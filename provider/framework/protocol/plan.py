"""What a plan is before the resource has its say: defaults, recomputed values, replacements.

Source: ``PlanResourceChange``. Terraform hands in the prior state, the configuration, and a proposed state in
which computed attributes that are not configured hold their prior values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from tf.types import Unknown

from provider.framework.protocol import codec
from provider.framework.schema import Attribute, Nested, Schema
from provider.framework.values import same

State = dict[str, Any]
Path = list[Any]
Rule: TypeAlias = Callable[[Attribute, Any, Any, Any], Any]


@dataclass
class Plan:
    """A planned state, the names of the attributes that differ from prior, and the paths that force replacement."""

    planned: State
    changed: set[str] = field(default_factory=set)
    requires_replace: list[Path] = field(default_factory=list)


def plan(schema: Schema, prior: State | None, proposed: State, config: State) -> Plan:
    """Plan a create (``prior`` is None) or an update by the rules that the attributes declare."""
    attributes = schema.by_name.values()
    before = prior or {}
    wanted = _object(attributes, _with_default, proposed, config, before)
    changed = {name for name, value in wanted.items() if prior is None or not same(value, before.get(name))}
    if not changed:
        return Plan(wanted)
    planned = _object(attributes, _recomputed, wanted, config, before)
    replacing = list(replacements(attributes, before, planned)) if prior is not None else []
    return Plan(planned, changed, replacing)


# The rules of one attribute, applied to nested ones too


def _with_default(attribute: Attribute, proposed: Any, config: Any, prior: Any) -> Any:
    if attribute.write_only:
        return None
    if config is None and attribute.default is not None:
        return _default(attribute, proposed)
    return _inside(attribute.nested, _with_default, proposed, config, prior)


def _default(attribute: Attribute, proposed: Any) -> Any:
    """The default as Terraform gives it back: complete, and a set in Terraform's own order."""
    ty = attribute.cty
    value = codec.decode(ty, codec.encode(ty, attribute.default))
    value = _inside(attribute.nested, _with_default, value, value, None)
    return proposed if ty[0] == "set" and isinstance(proposed, list) and _same_members(value, proposed) else value


def _recomputed(attribute: Attribute, wanted: Any, config: Any, prior: Any) -> Any:
    if not attribute.computed or config is not None:
        return _inside(attribute.nested, _recomputed, wanted, config, prior)
    if attribute.default is not None:
        return wanted
    return prior if attribute.keep and prior is not None else Unknown


def _inside(nested: Nested | None, rule: Rule, value: Any, config: Any, prior: Any) -> Any:
    """A nested value with the rule applied to the attributes of each object in it that is configured."""
    if nested is None or value is None or value is Unknown:
        return value
    attributes = nested.attributes
    if nested.mode == "SINGLE":
        return _object(attributes, rule, value, config, prior)
    find = _FIND[nested.mode]
    if isinstance(value, dict):
        return {
            key: _object(attributes, rule, item, find(config, key, item), find(prior, key, item))
            for key, item in value.items()
        }
    return [
        _object(attributes, rule, item, find(config, index, item), find(prior, index, item))
        for index, item in enumerate(value)
    ]


def _object(attributes: Iterable[Attribute], rule: Rule, value: Any, config: Any, prior: Any) -> Any:
    if not isinstance(value, dict) or not isinstance(config, dict):
        return value
    before = prior if isinstance(prior, dict) else {}
    names = {each.name: each for each in attributes}
    return {name: rule(each, value.get(name), config.get(name), before.get(name)) for name, each in names.items()}


def _keyed(values: Any, key: str, _item: Any) -> Any:
    return values.get(key) if isinstance(values, dict) else None


def _indexed(values: Any, index: int, _item: Any) -> Any:
    return values[index] if isinstance(values, list) and index < len(values) else None


def _agreeing(values: Any, _index: int, item: Any) -> Any:
    """The element of a set that a proposed one was made from: whatever it says, the proposed one says too."""
    for value in values if isinstance(values, list) and isinstance(item, dict) else []:
        if isinstance(value, dict) and all(each is None or same(each, item.get(name)) for name, each in value.items()):
            return value
    return None


_FIND: Final[dict[str, Callable[[Any, Any, Any], Any]]] = {"MAP": _keyed, "LIST": _indexed, "SET": _agreeing}


# Replacement


def replacements(
    attributes: Iterable[Attribute], prior: State, planned: State, at: Path | None = None
) -> Iterable[Path]:
    """The paths, nested ones too, whose change replaces the resource. No path leads into a set: it is the set's."""
    for each in attributes:
        path = [*(at or []), each.name]
        before, after = prior.get(each.name), planned.get(each.name)
        if same(before, after):
            continue
        if each.requires_replace:
            yield path
        elif each.nested and each.nested.mode == "SET":
            yield from [path] if _replaces_in_set(each.nested, before, after) else []
        elif each.nested:
            for step, left, right in _pairs(each.nested, before, after):
                yield from replacements(each.nested.attributes, left, right, [*path, *step])


def _pairs(nested: Nested, before: Any, after: Any) -> Iterable[tuple[Path, State, State]]:
    """The objects in a nested value, before and after, with the step to them; one that is not there is all null."""
    left, right = _by_step(nested, before), _by_step(nested, after)
    for step in left | right:
        first, second = left.get(step, _outside(before)), right.get(step, _outside(after))
        yield [step] if step else [], _as_object(nested, first), _as_object(nested, second)


def _by_step(nested: Nested, value: Any) -> dict[tuple[Any, ...], Any]:
    if nested.mode == "SINGLE":
        return {(): value}
    if isinstance(value, dict):
        return {(key,): item for key, item in value.items()}
    return {(index,): item for index, item in enumerate(value)} if isinstance(value, list) else {}


def _outside(container: Any) -> Any:
    return Unknown if container is Unknown else None


def _as_object(nested: Nested, value: Any) -> State:
    if isinstance(value, dict):
        return value
    return {each.name: value for each in nested.attributes}


def _replaces_in_set(nested: Nested, before: Any, after: Any) -> bool:
    names = [each.name for each in nested.attributes if each.requires_replace]
    if before is Unknown or after is Unknown:
        return bool(names)
    return not _same_members(_only(names, before), _only(names, after))


def _only(names: list[str], values: Any) -> list[Any]:
    """Those attributes of the objects in a set, where one of them is there."""
    kept = [{name: item.get(name) for name in names} for item in values or [] if isinstance(item, dict)]
    return [item for item in kept if any(value is not None for value in item.values())]


def _same_members(left: list[Any], right: list[Any]) -> bool:
    return all(any(same(one, other) for other in right) for one in left) and all(
        any(same(one, other) for other in left) for one in right
    )
