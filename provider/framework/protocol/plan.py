"""Plan by the rules of the schema, before the resource's own plan: defaults, unknown values, replacements.

Source: ``PlanResourceChange``. Terraform sends the prior state, the configuration, and a proposed state. In the
proposed state, computed attributes that are not configured contain their prior values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import Any, Final, NamedTuple, TypeAlias

from tf.types import Unknown

from provider.framework.protocol import codec
from provider.framework.schema import Attribute, Nested, Schema, Steps
from provider.framework.values import State, same

Path = list[str | tuple[str | int]]
Rule: TypeAlias = Callable[[Attribute, Any, Any, Any], Any]


class Plan(NamedTuple):
    """A planned state, the names of the attributes that change, and the paths that require replacement."""

    planned: State
    changed: AbstractSet[str] = frozenset()
    requires_replace: Iterable[Path] = ()


def plan(schema: Schema, prior: State | None, proposed: State, config: State) -> Plan:
    """Return the plan of an update, or of a create if ``prior`` is None."""
    attributes = schema.by_name.values()
    before = prior or {}
    wanted = _object(attributes, _with_default, proposed, config, before)
    changed = {
        name for name, each in schema.by_name.items() if prior is None or _differs(each, before.get(name), wanted[name])
    }
    if not changed:
        return Plan(wanted)
    planned = _object(attributes, _recomputed, wanted, config, before)
    replacing = list(replacements(attributes, before, planned)) if prior is not None else []
    return Plan(planned, changed, replacing)


# The rules of one attribute. They also apply to the attributes of nested objects.


def _with_default(attribute: Attribute, proposed: Any, config: Any, prior: Any) -> Any:
    """Return the proposed value, the default if the attribute is not configured, or null if it is write-only."""
    if attribute.write_only:
        return None
    if config is None and attribute.default_value is not None:
        return _default(attribute, proposed)
    return _inside(attribute.nested, _with_default, proposed, config, prior)


def _default(attribute: Attribute, proposed: Any) -> Any:
    """Return the default as Terraform returns it: with every attribute, and a set in Terraform's order."""
    assert attribute.default_value is not None
    ty = attribute.cty
    value = codec.decode(ty, codec.encode(ty, attribute.default_value(None)))
    value = _inside(attribute.nested, _with_default, value, value, None)
    return proposed if ty[0] == "set" and isinstance(proposed, list) and _same_members(value, proposed) else value


def _recomputed(attribute: Attribute, wanted: Any, config: Any, prior: Any) -> Any:
    """Return Unknown for a computed attribute that is not configured, unless a plan modifier says otherwise."""
    if not attribute.computed or config is not None:
        return _inside(attribute.nested, _recomputed, wanted, config, prior)
    if attribute.default_value is not None:
        return wanted
    return attribute.keep(prior, Unknown) if attribute.keep else Unknown


def _inside(nested: Nested | None, rule: Rule, value: Any, config: Any, prior: Any) -> Any:
    """Return a nested value with a rule applied to the attributes of each configured object in it."""
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
    return {
        each.name: rule(each, value.get(each.name), config.get(each.name), before.get(each.name)) for each in attributes
    }


def _by_key(values: Any, key: str, _item: Any) -> Any:
    return values.get(key) if isinstance(values, dict) else None


def _by_index(values: Any, index: int, _item: Any) -> Any:
    return values[index] if isinstance(values, list) and index < len(values) else None


def _by_members(values: Any, _index: int, item: Any) -> Any:
    """Return the first element whose values are null or equal to those of the proposed element ``item``."""
    for value in values if isinstance(values, list) and isinstance(item, dict) else []:
        if isinstance(value, dict) and all(each is None or same(each, item.get(name)) for name, each in value.items()):
            return value
    return None


_FIND: Final[dict[str, Callable[[Any, Any, Any], Any]]] = {"MAP": _by_key, "LIST": _by_index, "SET": _by_members}


# Replacement


def replacements(
    attributes: Iterable[Attribute], prior: State, planned: State, at: Path | None = None
) -> Iterator[Path]:
    """Yield the paths whose change requires replacement. A change inside a set yields the path of the set."""
    for each in attributes:
        path = [*(at or []), each.name]
        before, after = prior.get(each.name), planned.get(each.name)
        if not _differs(each, before, after):
            continue
        if each.replace and each.replace(before, after):
            yield path
        elif each.nested and each.nested.mode == "SET":
            yield from [path] if _replaces_in_set(each.nested, before, after) else []
        elif each.nested:
            for step, left, right in _pairs(each.nested, before, after):
                yield from replacements(each.nested.attributes, left, right, [*path, *step])


def _differs(attribute: Attribute, left: Any, right: Any) -> bool:
    """Return True if two values of an attribute differ. The order of a set does not matter."""
    if same(left, right):
        return False
    is_set = attribute.cty[0] == "set" and isinstance(left, list) and isinstance(right, list)
    return not (is_set and len(left) == len(right) and _same_members(left, right))


def _pairs(nested: Nested, before: Any, after: Any) -> Iterator[tuple[Path, State, State]]:
    """Yield the step to each nested object, with the values before and after.

    The attributes of a missing object are null, or unknown if the whole nested value is unknown.
    """
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
    """Return True if the elements of a set differ in an attribute that requires replacement, at any depth."""
    if before is Unknown or after is Unknown:
        return any(map(_may_replace, nested.attributes))
    left, right = ([item for _, item in _replacing_parts(nested, value)] for value in (before, after))
    return not _same_members(left, right)


def _may_replace(attribute: Attribute) -> bool:
    inner = attribute.nested.attributes if attribute.nested else ()
    return attribute.replace is not None or any(map(_may_replace, inner))


def _replacing_parts(nested: Nested, value: Any) -> Iterator[tuple[Steps, State]]:
    """Yield the objects in a nested value reduced to what requires replacement, unless only nulls are left."""
    attributes = [each for each in nested.attributes if _may_replace(each)]
    for steps, item in nested.objects(value):
        kept = {each.name: _replacing_part(each, item.get(each.name)) for each in attributes}
        if any(each is not None for each in kept.values()):
            yield steps, kept


def _replacing_part(attribute: Attribute, value: Any) -> Any:
    """Return the part of a value that requires replacement: the whole value, or some attributes of its objects."""
    if attribute.replace is not None or attribute.nested is None or value is Unknown:
        return value
    found = _replacing_parts(attribute.nested, value)
    return (dict(found) if attribute.nested.mode == "MAP" else [item for _, item in found]) or None


def _same_members(left: list[Any], right: list[Any]) -> bool:
    return all(any(same(one, other) for other in right) for one in left) and all(
        any(same(one, other) for other in left) for one in right
    )
