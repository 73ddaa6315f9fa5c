"""Roles: filter, order and pages."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest

from tests.support.sandbox_service import Service

ROLES = "/api/service/roles"


def _roles(service: Service, pattern: str, query: str = "limit=100") -> dict[str, Any]:
    name = quote(json.dumps({"name": {"$ilike": pattern}}))
    return service.call("GET", f"{ROLES}?{query}&filter={name}").json


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("$%", ["$admin", "$api-token-default-access", "$guest", "$member"]),
        ("$ADMIN", ["$admin"]),
        ("admin", []),
        ("%t", ["$guest", "default-roles-default"]),
    ],
)
def test_roles_are_filtered_by_name(service: Service, pattern: str, names: list[str]) -> None:
    """A percent sign matches any text, case does not matter, and the whole name must match."""
    page = _roles(service, pattern)
    assert names == [role["name"] for role in page["records"]]
    assert (5, len(names)) == (page["totalRecord"], page["filterRecord"])


def test_roles_come_in_pages(service: Service) -> None:
    """Limit and offset select a page, and the order can be reversed."""
    page = _roles(service, "$%", "limit=2&offset=1&sort=-name")
    assert (["$guest", "$api-token-default-access"], 4) == (
        [role["name"] for role in page["records"]],
        page["filterRecord"],
    )
    assert {"id", "name", "description", "level", "memberCount"} == page["records"][0].keys()


@pytest.mark.parametrize("query", ["filter=x", 'filter={"name":"$admin"}', "filter=[]", "limit=x", "sort=x"])
def test_an_invalid_query_for_roles_is_refused(service: Service, query: str) -> None:
    """Another form of filter, a limit that is not a number, and an unknown sort key return a 400."""
    assert 400 == service.call("GET", f"{ROLES}?{quote(query, safe='=')}").status
