"""Send the requests of an apply again with a bare client, to measure their time without a provider."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, NamedTuple, TypedDict

import urllib3

from scripts.lib.shared.tenant import Tenant

_APP = re.compile(r"/api/service/v1/app/[^/]+")
CREATE = "/api/service/v1/app"
"""The path of the POST that creates a workflow."""

_BODIES: Final[Mapping[str, Mapping[str, Any]]] = {
    "/api/meta/search/indexsearch": {
        "attributes": ["qualifiedName", "name", "connectorName"],
        "dsl": {
            "from": 0,
            "size": 300,
            "query": {
                "bool": {
                    "filter": [
                        {"term": {"__state": {"value": "ACTIVE"}}},
                        {"term": {"__typeName.keyword": {"value": "Connection"}}},
                    ]
                }
            },
        },
    },
}
"""The bodies of the other requests, by path. The log does not contain bodies."""


class Entry(TypedDict):
    """One entry of the sandbox's log of requests."""

    method: str
    path: str
    query: str


class Traffic(NamedTuple):
    """The requests of an apply: the numbers of creates and of reads of one workflow, and all other requests."""

    creates: int
    reads: int
    others: list[tuple[str, str]]

    @property
    def total(self) -> int:
        """The number of all requests."""
        return self.creates + self.reads + len(self.others)


class SandboxClient:
    """A client of a sandbox, with one pool of connections."""

    def __init__(self, tenant: Tenant, connections: int) -> None:
        self._base_url = tenant.base_url
        headers = {"Authorization": f"Bearer {tenant.api_key}", "Content-Type": "application/json"}
        self._pool = urllib3.PoolManager(maxsize=connections, headers=headers, retries=False)

    def send(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """Send a request, and return the answer. Raises ValueError for a status other than 200."""
        text = None if body is None else json.dumps(body)
        answer = self._pool.request(method, self._base_url + path, body=text)
        if answer.status != 200:
            raise ValueError(f"{method} {path} was answered with {answer.status}: {answer.data[:500]!r}")
        return answer.json()

    def sent(self) -> list[Entry]:
        """Return the log of all requests since the sandbox started."""
        entries: list[Entry] = self.send("GET", "/_sandbox/requests")
        return entries


def traffic(entries: Iterable[Entry]) -> Traffic:
    """Count the entries of the log by their kinds."""
    kinds: Counter[str] = Counter()
    others = []
    for entry in entries:
        method, path, query = entry["method"], entry["path"], entry["query"]
        if (method, path) == ("POST", CREATE):
            kinds["creates"] += 1
        elif method == "GET" and _APP.fullmatch(path):
            kinds["reads"] += 1
        else:
            others.append((method, f"{path}?{query}" if query else path))
    return Traffic(kinds["creates"], kinds["reads"], others)


def replay(tenant: Tenant, sent: Traffic, prefix: str, parallelism: int) -> float:
    """Send the same requests for workflows of other names, and return the seconds.

    The requests other than creates and reads are the first.
    """
    client = SandboxClient(tenant, parallelism)
    names = [f"{prefix}-{number:05d}" for number in range(sent.creates)]
    started = time.perf_counter()
    with ThreadPoolExecutor(parallelism) as threads:
        list(threads.map(lambda other: client.send(other[0], other[1], _BODIES.get(other[1])), sent.others))
        list(threads.map(lambda named: _app(client, *named), zip(names, _shares(sent), strict=True)))
    return time.perf_counter() - started


def _shares(sent: Traffic) -> list[int]:
    """Return the number of reads of each workflow. Their sum is the number of all reads."""
    each, more = divmod(sent.reads, max(1, sent.creates))
    return [each + (number < more) for number in range(sent.creates)]


def _app(client: SandboxClient, name: str, reads: int) -> None:
    slug = client.send("POST", CREATE, payload(name))["slug"]
    for _ in range(reads):
        client.send("GET", f"/api/service/v1/app/{slug}")


def payload(name: str) -> dict[str, Any]:
    """Return the body of the create of one app in the benchmark's configuration."""
    qualified_name = f"default/bigquery/{abs(hash(name)) % 10**10}"
    attributes = {
        "qualifiedName": qualified_name,
        "connectorName": "bigquery",
        "name": name,
        "adminUsers": ["admin"],
        "adminGroups": [],
        "adminRoles": [],
    }
    inputs = {
        "include_filter": json.dumps({f"^{name}$": ["^public$"]}),
        "temp_table_regex": name,
        "connection": {"typeName": "Connection", "attributes": attributes},
        "connection_qualified_name": qualified_name,
    }
    return {"app_id": "bigquery-crawler", "name": name, "inputs": inputs, "entrypoint": "crawler", "run": False}
