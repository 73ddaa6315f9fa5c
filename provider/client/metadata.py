"""Roles, and the connections and runs in the metadata service.

Each operation imports the model of its answer, because most processes need none of these models.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from provider.client import operations
from provider.client.answers import Answer
from provider.client.errors import ENDLESS_REASON
from provider.client.json_codec import Body
from provider.client.operations import Operations
from provider.client.responses import parse_answer
from provider.client.statuses import ACTIVE_STATUSES

if TYPE_CHECKING:
    from provider.client.entities import ConnectionEntity, ConnectionSearch, Role, RolePage, RunEntity

_PAGE_ROWS = 100
_RUNS_PREFIX = "default/apps/automation_engine/workflows/"
_MOST_RUNS = 10
_CONNECTION_ROWS = 300
_MOST_CONNECTION_PAGES = 10
_EXACT = {"case_insensitive": False}


class MetadataOperations(Operations):
    """The operations on metadata. All of them only read."""

    def list_roles(self, name: str = "%") -> list[Role]:
        """Return the roles whose names match a pattern. ``%`` matches any text, and the case is ignored.

        Raises UnusableAnswer if there are more than ``operations.MOST_PAGES`` pages.
        """
        from provider.client.entities import RolePage

        found: dict[str, Role] = {}
        offset = 0
        for _ in range(operations.MOST_PAGES):
            answer = self._request_roles(name, offset)
            page = parse_answer(RolePage, answer)
            found |= {role.id: role for role in page.records}
            offset += len(page.records)
            if _is_last(page, offset):
                return list(found.values())
        return answer.refuse(ENDLESS_REASON)

    def find_role(self, name: str) -> Role | None:
        """Return the role with exactly this name, such as $admin, or None if there is no such role."""
        return next((role for role in self.list_roles(name) if role.name == name), None)

    def get_connection(self, qualified_name: str) -> ConnectionEntity:
        """Return a connection with all its attributes. Raises NotFound if it does not exist."""
        from provider.client.entities import ConnectionEntity

        query = {"attr:qualifiedName": qualified_name}
        answer = self._request_metadata("GET", "entity", "uniqueAttribute", "type", "Connection", query=query)
        connection = parse_answer(ConnectionEntity, answer)
        if connection.qualified_name not in (None, qualified_name):
            answer.refuse("it is about another connection")
        return connection

    def search_connections(self) -> list[ConnectionEntity]:
        """Return the connections in the index, at most 3,000, with their qualified names, names and connectors.

        Archived ones are left out. The index is some seconds late.
        """
        from provider.client.entities import ConnectionSearch

        found: list[ConnectionEntity] = []
        for _ in range(_MOST_CONNECTION_PAGES):
            page = parse_answer(ConnectionSearch, self._request_search(_connections_query(len(found))))
            found += page.entities
            if _is_last_of_connections(page, len(found)):
                break
        return [each for each in found if not each.is_archived]

    def find_active_runs(self, slug: str) -> list[RunEntity]:
        """Return at most ten runs of a workflow that the index shows as active. The index is some seconds late."""
        from provider.client.entities import RunSearch

        found = parse_answer(RunSearch, self._request_search(_index_query(f"{_RUNS_PREFIX}{slug}/"))).entities
        # A search that ignores the last slash also finds runs of other workflows, so the prefix is checked again.
        return [run for run in found if run.qualified_name.startswith(f"{_RUNS_PREFIX}{slug}/")]

    def _request_roles(self, name: str, offset: int) -> Answer:
        pattern = json.dumps({"name": {"$ilike": name}}, separators=(",", ":"), ensure_ascii=False)
        query = {"limit": str(_PAGE_ROWS), "filter": pattern}
        return self._request_service("GET", "roles", query=query | ({"offset": str(offset)} if offset else {}))


def _index_query(prefix: str) -> dict[str, Body]:
    """Return the query for runs that Atlan's SDK sends, extended to paused runs."""
    filters: list[Body] = [
        *_active("AppWorkflowRun"),
        {"prefix": {"qualifiedName": {"value": prefix, **_EXACT}}},
        {"terms": {"appWorkflowRunStatus": list(ACTIVE_STATUSES)}},
    ]
    page: Body = {"from": 0, "size": _MOST_RUNS, "query": {"bool": {"filter": filters}}}
    return {"attributes": ["qualifiedName", "appWorkflowRunStatus"], "dsl": page}


def _connections_query(offset: int) -> dict[str, Body]:
    """Return the query for a page of connections. Atlan's SDK sends the same clauses, size and order."""
    page: Body = {
        "from": offset,
        "size": _CONNECTION_ROWS,
        "query": {"bool": {"filter": _active("Connection")}},
        "sort": [{"__guid": {"order": "asc"}}],
    }
    return {"attributes": ["qualifiedName", "name", "connectorName"], "dsl": page}


def _active(type_name: str) -> list[Body]:
    """Return the clauses for the objects of a type that are not archived."""
    return [
        {"term": {"__state": {"value": "ACTIVE", **_EXACT}}},
        {"term": {"__typeName.keyword": {"value": type_name, **_EXACT}}},
    ]


def _is_last_of_connections(page: ConnectionSearch, connections_read: int) -> bool:
    if page.approximate_count is None:
        return len(page.entities) < _CONNECTION_ROWS
    return not page.entities or connections_read >= page.approximate_count


def _is_last(page: RolePage, roles_read: int) -> bool:
    if page.filter_record is None:
        return len(page.records) < _PAGE_ROWS
    return not page.records or roles_read >= page.filter_record
