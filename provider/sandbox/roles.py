"""The tenant's roles: a fixed few, filtered as the service filters them."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from typing import Any

from provider.sandbox.errors import invalid
from provider.sandbox.wire import loads

SPACE = uuid.UUID("0d9a7c5e-2f64-4f0b-8a3e-6c1d5b7e9f20")
NAMES = {
    "$admin": ("Administrators", "workspace"),
    "$member": ("Members", "workspace"),
    "$guest": ("Guests", "workspace"),
    "$api-token-default-access": ("Access of API tokens", "workspace"),
    "default-roles-default": ("Given to everybody", "realm"),
}
ROLES = [
    {
        "id": str(uuid.uuid5(SPACE, name)),
        "name": name,
        "description": description,
        "level": level,
        "memberCount": "1",
    }
    for name, (description, level) in NAMES.items()
]
DEFAULT_LIMIT = "20"


def _like(pattern: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, pattern.split("%"))), re.IGNORECASE | re.DOTALL)


def _matching(text: str | None) -> list[dict[str, str]]:
    """The roles a filter `{"name": {"$ilike": pattern}}` lets through; ServiceError (400) for another one."""
    if not text:
        return ROLES
    try:
        pattern = loads(text)["name"]["$ilike"]
        like = _like(pattern)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise invalid('filter must have the form {"name":{"$ilike":"%"}}') from None
    return [role for role in ROLES if like.fullmatch(role["name"])]


def _count(query: Mapping[str, str], key: str, default: str) -> int:
    text = query.get(key, default)
    if not (text.isascii() and text.isdigit()):
        raise invalid(f"{key} must be a number")
    return int(text[:9])


def _sorted(roles: list[dict[str, str]], sort: str) -> list[dict[str, str]]:
    key = sort.lstrip("-") or "name"
    if key not in ROLES[0]:
        raise invalid("sort names no property of a role")
    return sorted(roles, key=lambda role: role[key], reverse=sort.startswith("-"))


def page(query: Mapping[str, str]) -> dict[str, Any]:
    """`{totalRecord, filterRecord, records[]}` for the query's filter, sort, limit and offset."""
    found = _sorted(_matching(query.get("filter")), query.get("sort", ""))
    offset, limit = _count(query, "offset", "0"), _count(query, "limit", DEFAULT_LIMIT)
    records = found[offset : offset + limit]
    return {"totalRecord": len(ROLES), "filterRecord": len(found), "records": records}
