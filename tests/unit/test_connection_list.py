"""The connections of the tenant, by name and connector."""

import threading
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest

from provider.client.entities import ConnectionEntity
from provider.client.errors import Forbidden
from provider.connection_list import ConnectionList


def connection(number: int, name: str | None, connector: str = "bigquery", **more: Any) -> ConnectionEntity:
    attributes = {"qualifiedName": f"default/{connector}/{number}", "name": name, **more}
    return ConnectionEntity(attributes=attributes)


class Index:
    """A client whose search returns these connections or raises this error, and counts its calls."""

    def __init__(self, *found: ConnectionEntity, error: Exception | None = None) -> None:
        self.found = found
        self.error = error
        self.searches = 0
        self.may_answer = threading.Event()
        self.may_answer.set()

    def with_timeout(self, seconds: float) -> Any:
        assert seconds < 60
        return SimpleNamespace(search_connections=self._search)

    def _search(self) -> list[ConnectionEntity]:
        self.searches += 1
        assert self.may_answer.wait(30)
        if self.error is not None:
            raise self.error
        return list(self.found)


@pytest.mark.parametrize(
    ("name", "connector", "expected"),
    [
        ("sales", "bigquery", ["default/bigquery/1", "default/bigquery/3"]),
        ("Sales", "bigquery", []),
        ("sales", "snowflake", ["default/snowflake/2"]),
        ("sales", "glue", []),
        ("r\u00e9gion", "bigquery", ["default/bigquery/4"]),
        ("re\u0301gion", "bigquery", ["default/bigquery/4"]),
    ],
)
def test_a_connection_is_found_by_its_name_and_connector(name: str, connector: str, expected: list[str]) -> None:
    """Names are compared in NFC. A connection that is listed twice counts once."""
    index = Index(
        connection(3, "sales"),
        connection(1, "sales"),
        connection(1, "sales"),
        connection(2, "sales", "snowflake", connectorName="snowflake"),
        connection(4, "re\u0301gion"),
        connection(5, None),
    )
    assert expected == ConnectionList(lambda: index).named(name, connector)  # type: ignore[arg-type, return-value] - a stub


def test_threads_share_one_search() -> None:
    """Plans are concurrent. None of them gets an answer before the search has ended."""
    index = Index(connection(1, "sales"))
    index.may_answer.clear()
    connections = ConnectionList(lambda: index)  # type: ignore[arg-type, return-value] - a stub
    with ThreadPoolExecutor(8) as threads:
        answers = [threads.submit(connections.named, "sales", "bigquery") for _ in range(8)]
        index.may_answer.set()
        assert [["default/bigquery/1"]] * 8 == [each.result(30) for each in answers]
    assert 1 == index.searches


def test_a_failure_is_raised_once_for_a_plan() -> None:
    """A later plan of the same process searches again."""
    now = [0.0]
    index = Index(connection(1, "sales"), error=Forbidden("no", status=403))
    connections = ConnectionList(lambda: index, lambda: now[0])  # type: ignore[arg-type, return-value] - a stub
    with pytest.raises(Forbidden):
        connections.named("sales", "bigquery")
    assert ([], 1) == (connections.named("sales", "bigquery"), index.searches)
    now[0], index.error = 31.0, None
    assert (["default/bigquery/1"], 2) == (connections.named("sales", "bigquery"), index.searches)
