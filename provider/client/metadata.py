"""What apps lean on: roles, and the connections that the metadata service keeps."""

import json

from provider.client import operations
from provider.client.answers import Answer
from provider.client.entities import ConnectionEntity, Role, RolePage
from provider.client.models import model
from provider.client.operations import Operations

_PAGE_ROWS = 100


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

    def _roles(self, name: str, offset: int) -> Answer:
        pattern = json.dumps({"name": {"$ilike": name}}, separators=(",", ":"), ensure_ascii=False)
        query = {"limit": str(_PAGE_ROWS), "filter": pattern}
        return self._service("GET", "roles", query=query | ({"offset": str(offset)} if offset else {}))


def _is_last(page: RolePage, read: int) -> bool:
    if page.filter_record is None:
        return len(page.records) < _PAGE_ROWS
    return not page.records or read >= page.filter_record
