"""The requests of an apply, counted by kind."""

from typing import Any

from scripts.lib.benchmark.replay import Traffic, traffic


def entry(method: str, path: str, query: str = "") -> dict[str, Any]:
    return {"method": method, "path": f"/api/service/v1/{path}", "query": query}


def test_the_traffic_of_an_apply_is_counted_by_what_it_was() -> None:
    """Creates and reads of one workflow are counted. Every other request is kept unchanged."""
    entries = [entry("GET", "apps/a/inputs", "entrypoint=b"), entry("POST", "app"), entry("GET", "app/slug-1")]
    sent = traffic([*entries, entry("GET", "app", "limit=5")])
    others = [("GET", "/api/service/v1/apps/a/inputs?entrypoint=b"), ("GET", "/api/service/v1/app?limit=5")]
    assert Traffic(1, 1, others) == sent
    assert 4 == sent.total
