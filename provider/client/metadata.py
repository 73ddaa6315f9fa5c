"""What apps lean on: roles, and the connections and runs that the metadata service keeps."""

import json
from typing import Any

from provider.client import operations
from provider.client.answers import Answer
from provider.client.entities import ConnectionEntity, Role, RolePage, RunEntity, RunSearch
from provider.client.operations import Operations
from provider.client.responses import model
from provider.client.statuses import ACTIVE_STATUSES

_PAGE_ROWS = 100
_RUNS = "default/apps/automation_engine/workflows/"
_MOST_RUNS = 10


class MetadataOperations(Operations):
    """Reads alone."""

    def list_roles(self, name: str = "%") -> list[Role]:
        """All roles whose name is like `name`, in which % stands for any text and case counts for nothing."""
        found: dict[str, Role] = {}
        offset = 0
        for _ in range(operations.MOST_PAGES):
            answer = self._roles(name, offset)
            page = model(RolePage, answer)
            found |= {role.id: role for role in page.records}
            offset += len(page.records)
            if _is_last(page, offset):
                return list(found.values())
        return answer.refuse("its pages have no end")

    def find_role(self, name: str) -> Role | None:
        """The role called exactly `name`, such as $admin; None if there is none."""
        return next((role for role in self.list_roles(name) if role.name == name), None)

    def get_connection(self, qualified_name: str) -> ConnectionEntity:
        """A connection with all its attributes. NotFound if there is none."""
        query = {"attr:qualifiedName": qualified_name}
        answer = self._metadata("GET", "entity", "uniqueAttribute", "type", "Connection", query=query)
        connection = model(ConnectionEntity, answer)
        if connection.qualified_name not in (None, qualified_name):
            answer.refuse("it is about another connection")
        return connection

    def find_active_runs(self, slug: str) -> list[RunEntity]:
        """The runs of a workflow that the index has as active, ten at most. It lags by seconds (the service's fact)."""
        found = model(RunSearch, self._search(_index_query(f"{_RUNS}{slug}/"))).entities
        # a prefix that is only nearly that of the workflow would name somebody else's run
        return [run for run in found if run.qualified_name.startswith(f"{_RUNS}{slug}/")]

    def _roles(self, name: str, offset: int) -> Answer:
        pattern = json.dumps({"name": {"$ilike": name}}, separators=(",", ":"), ensure_ascii=False)
        query = {"limit": str(_PAGE_ROWS), "filter": pattern}
        return self._service("GET", "roles", query=query | ({"offset": str(offset)} if offset else {}))


def _index_query(prefix: str) -> dict[str, Any]:
    """The search as the vendor's SDK words it, for paused runs too."""
    exact = {"case_insensitive": False}
    filters = [
        {"term": {"__state": {"value": "ACTIVE", **exact}}},
        {"term": {"__typeName.keyword": {"value": "AppWorkflowRun", **exact}}},
        {"prefix": {"qualifiedName": {"value": prefix, **exact}}},
        {"terms": {"appWorkflowRunStatus": list(ACTIVE_STATUSES)}},
    ]
    page = {"from": 0, "size": _MOST_RUNS, "query": {"bool": {"filter": filters}}}
    return {"attributes": ["qualifiedName", "appWorkflowRunStatus"], "dsl": page}


def _is_last(page: RolePage, read: int) -> bool:
    if page.filter_record is None:
        return len(page.records) < _PAGE_ROWS
    return not page.records or read >= page.filter_record
