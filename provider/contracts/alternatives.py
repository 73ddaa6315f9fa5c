"""Choose the violations to report if a value matches none of several alternatives (anyOf, oneOf)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeAlias

from provider.contracts.schema_keywords import Schema, object_at
from provider.contracts.schema_walker import InputPath
from provider.contracts.violations import Violation

Branch: TypeAlias = list[Violation]
"""The violations of one alternative."""


def choose_violations(path: InputPath, schema: Schema, branches: Sequence[Branch]) -> list[Violation]:
    """Return the violations of the alternative that the user probably meant.

    ``schema`` contains the alternatives, and ``branches`` contains the violations of each alternative. If the
    type or the value is wrong in every alternative, return one violation with the schemas of all alternatives. Do the
    same at the path of a key whose value is wrong in every alternative.
    """
    candidates = [branch for branch in branches if not any(_is_about(each, path, "type") for each in branch)]
    if not candidates:
        return [_joined_violation(path, "type", branches)]
    if all(any(_is_about(each, path, "enum", "const") for each in branch) for branch in candidates):
        return [_joined_violation(path, "enum", branches)]
    tags = [_wrong_tags(path, schema, branch) for branch in candidates]
    common_tags = frozenset.intersection(*tags)
    if common_tags and len(candidates) > 1:
        return [_joined_violation(min(common_tags, key=str), "enum", branches)]
    matching = [branch for branch, wrong in zip(candidates, tags, strict=True) if not wrong] or candidates
    schemas = _schemas_at(path, branches)
    return [
        replace(each, schemas=_distinct_schemas((*each.schemas, *schemas))) if each.path == path else each
        for each in _fewest(matching)
    ]


def _is_about(violation: Violation, path: InputPath, *keywords: str) -> bool:
    return violation.path == path and violation.keyword in keywords


def _joined_violation(path: InputPath, keyword: str, branches: Sequence[Branch]) -> Violation:
    return Violation(path, keyword, _schemas_at(path, branches))


def _schemas_at(path: InputPath, branches: Sequence[Branch]) -> tuple[Schema, ...]:
    return _distinct_schemas(
        schema for branch in branches for each in branch if each.path == path for schema in each.schemas
    )


def _wrong_tags(path: InputPath, schema: Schema, branch: Branch) -> frozenset[InputPath]:
    """Return the paths of the keys whose value belongs to another alternative.

    Such a key is the discriminator of the schema, or any key with a fixed value if the schema has no discriminator.
    """
    discriminator = object_at(schema, "discriminator").get("propertyName")
    fixed = {each.path for each in branch if each.keyword in ("enum", "const") and len(each.path) == len(path) + 1}
    return frozenset(each for each in fixed if not discriminator or each[-1] == discriminator)


def _fewest(branches: Sequence[Branch]) -> Branch:
    """Return the branch with the fewest violations. If several have the fewest, return their common violations.

    If they have no common violation, return the first of these branches.
    """
    fewest = min(map(len, branches))
    best = [branch for branch in branches if len(branch) == fewest]
    common = set(best[0]).intersection(*best[1:])
    return [each for each in best[0] if each in common] or best[0]


def _distinct_schemas(schemas: Iterable[Schema]) -> tuple[Schema, ...]:
    return tuple({id(schema): schema for schema in schemas}.values())
