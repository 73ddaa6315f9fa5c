"""A bare client that sends what an apply sent: how long its requests take by themselves."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import urllib3

from scripts.lib.shared.tenant import Tenant

_APP = re.compile(r"/api/service/v1/app/[^/]+")
CREATE = "/api/service/v1/app"
"""Where an app is created, by a POST."""


class Traffic(NamedTuple):
    """What an apply of new apps sent: so many creates, reads of one app, and requests of their own, as sent."""

    creates: int
    reads: int
    others: list[tuple[str, str]]

    @property
    def total(self) -> int:
        """How many requests that is."""
        return self.creates + self.reads + len(self.others)


class SandboxClient:
    """Speaks to a sandbox over one pool of connections."""

    def __init__(self, tenant: Tenant, connections: int) -> None:
        self._base_url = tenant.base_url
        headers = {"Authorization": f"Bearer {tenant.api_key}", "Content-Type": "application/json"}
        self._pool = urllib3.PoolManager(maxsize=connections, headers=headers, retries=False)

    def send(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """The answer to one request. Raises ValueError for anything but a success."""
        text = None if body is None else json.dumps(body)
        answer = self._pool.request(method, self._base_url + path, body=text)
        if answer.status != 200:
            raise ValueError(f"{method} {path} was answered with {answer.status}: {answer.data[:500]!r}")
        return answer.json()

    def sent(self) -> list[dict[str, Any]]:
        """What everybody has sent to the sandbox since it started."""
        entries: list[dict[str, Any]] = self.send("GET", "/_sandbox/requests")
        return entries


def traffic(entries: Iterable[Mapping[str, Any]]) -> Traffic:
    """What these entries of the sandbox's log amount to."""
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
    """Seconds to send as much again, for apps of other names: all others first, then app by app."""
    client = SandboxClient(tenant, parallelism)
    names = [f"{prefix}-{number:05d}" for number in range(sent.creates)]
    started = time.perf_counter()
    with ThreadPoolExecutor(parallelism) as threads:
        list(threads.map(lambda other: client.send(*other), sent.others))
        list(threads.map(lambda named: _app(client, *named), zip(names, _shares(sent), strict=True)))
    return time.perf_counter() - started


def _shares(sent: Traffic) -> list[int]:
    """How often each app is read, for all reads to be made."""
    each, more = divmod(sent.reads, max(1, sent.creates))
    return [each + (number < more) for number in range(sent.creates)]


def _app(client: SandboxClient, name: str, reads: int) -> None:
    slug = client.send("POST", CREATE, payload(name))["slug"]
    for _ in range(reads):
        client.send("GET", f"/api/service/v1/app/{slug}")


def payload(name: str) -> dict[str, Any]:
    """What this provider sends for an app of the benchmark's configuration."""
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
