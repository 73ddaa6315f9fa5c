"""The tenant's roles: a fixed list, with the filter, order and pages of the service."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from typing import TypeAlias, TypedDict

from provider.sandbox.errors import invalid
from provider.sandbox.json_codec import loads

NAMESPACE = uuid.UUID("0d9a7c5e-2f64-4f0b-8a3e-6c1d5b7e9f20")
DETAILS_BY_NAME = {
    "$admin": ("Administrators", "workspace"),
    "$member": ("Members", "workspace"),
    "$guest": ("Guests", "workspace"),
    "$api-token-default-access": ("Access of API tokens", "workspace"),
    "default-roles-default": ("Given to everybody", "realm"),
}
Role: TypeAlias = dict[str, str]
ROLES: list[Role] = [
    {
        "id": str(uuid.uuid5(NAMESPACE, name)),
        "name": name,
        "description": description,
        "level": level,
        "memberCount": "1",
    }
    for name, (description, level) in DETAILS_BY_NAME.items()
]
DEFAULT_LIMIT = "20"


class RolePage(TypedDict):
    """`totalRecord` is the number of all roles, `filterRecord` the number of roles that match the filter."""

    totalRecord: int
    filterRecord: int
    records: list[Role]


def read_page(query: Mapping[str, str]) -> RolePage:
    """Return a page for the query parameters filter, sort, limit and offset. Raises ServiceError (400)."""
    found = _sort(_filter(query.get("filter")), query.get("sort", ""))
    offset, limit = _parse_number(query, "offset", "0"), _parse_number(query, "limit", DEFAULT_LIMIT)
    return {"totalRecord": len(ROLES), "filterRecord": len(found), "records": found[offset : offset + limit]}


def _filter(text: str | None) -> list[Role]:
    """Return the roles that match a filter `{"name": {"$ilike": pattern}}`, or all roles without a filter."""
    if not text:
        return ROLES
    try:
        pattern = _compile_like(loads(text)["name"]["$ilike"])
    except (ValueError, KeyError, TypeError, AttributeError):
        raise invalid('filter must have the form {"name":{"$ilike":"%"}}') from None
    return [role for role in ROLES if pattern.fullmatch(role["name"])]


def _compile_like(like: str) -> re.Pattern[str]:
    """Return a LIKE pattern as a regular expression. A percent sign matches any text."""
    return re.compile(".*".join(map(re.escape, like.split("%"))), re.IGNORECASE | re.DOTALL)


def _sort(roles: list[Role], sort: str) -> list[Role]:
    key = sort.lstrip("-") or "name"
    if key not in ROLES[0]:
        raise invalid("sort must name a property of a role")
    return sorted(roles, key=lambda role: role[key], reverse=sort.startswith("-"))


def _parse_number(query: Mapping[str, str], key: str, default: str) -> int:
    text = query.get(key, default)
    if not (text.isascii() and text.isdigit()):
        raise invalid(f"{key} must be a number")
    return int(text[:9])
