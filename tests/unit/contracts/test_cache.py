"""The cache of contracts: one request for all threads."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from provider.client.errors import BadRequest, NotFound, UnknownEntrypoint
from provider.contracts.cache import Contracts

SCHEMA = {"title": "AppInputContract", "properties": {"connection": {"type": "object"}}}


class Tenant:
    """An app whose contract is registered only at the default slot. It counts the requests."""

    def __init__(self, entrypoints: list[str] | None = None) -> None:
        self.asked: list[tuple[str, str | None]] = []
        self.entrypoints = entrypoints or []
        self.has_default = True
        self.answers = threading.Event()
        self.answers.set()

    def with_timeout(self, _seconds: float | None) -> "Tenant":
        return self

    def get_contract(self, app_id: str, entrypoint: str | None = None) -> dict[str, Any]:
        self.asked.append((app_id, entrypoint))
        assert self.answers.wait(10)
        if entrypoint is not None or not self.has_default:
            raise BadRequest("unknown entrypoint", status=400, code="1003")
        if app_id == "unknown":
            raise NotFound("no contract", status=404)
        return SCHEMA

    def describe_app(self, app_id: str) -> Any:
        return type("Info", (), {"entrypoints": self.entrypoints})


def contracts(tenant: Tenant) -> Contracts:
    return Contracts(lambda: tenant)  # type: ignore[arg-type, return-value]


def test_threads_that_need_one_contract_share_a_request() -> None:
    """Eight threads send one request."""
    tenant = Tenant()
    tenant.answers.clear()
    held = contracts(tenant)
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(held.fetch, "a-crawler") for _ in range(8)]
        tenant.answers.set()
    assert [SCHEMA] * 8 == [each.result().schema for each in asked]
    assert [("a-crawler", None)] == tenant.asked


def test_a_failure_is_shared_for_half_a_minute() -> None:
    """Many resources of one app do not each wait for the same failure. Later the service is asked again."""
    tenant = Tenant()
    now = [0.0]
    held = Contracts(lambda: tenant, lambda: now[0])  # type: ignore[arg-type, return-value]
    for _ in range(3):
        with pytest.raises(NotFound):
            held.fetch("unknown")
    assert [("unknown", None)] == tenant.asked
    now[0] = 31.0
    with pytest.raises(NotFound):
        held.fetch("unknown")
    assert [("unknown", None)] * 2 == tenant.asked


def test_a_contract_at_the_default_slot_serves_an_entrypoint_that_the_app_declares() -> None:
    """After code 1003 for a declared entrypoint, the contract of the default slot is fetched."""
    tenant = Tenant(["crawler"])
    assert SCHEMA == contracts(tenant).fetch("a-crawler", "crawler").schema
    assert [("a-crawler", "crawler"), ("a-crawler", None)] == tenant.asked


def test_an_entrypoint_that_does_not_exist_has_no_contract() -> None:
    """A misspelled entrypoint does not get the default contract. The error contains the app's entrypoints."""
    with pytest.raises(UnknownEntrypoint) as caught:
        contracts(Tenant(["crawler", "miner"])).fetch("a-crawler", "crawlr")
    assert ("1003", ("crawler", "miner")) == (caught.value.code, caught.value.entrypoints)


def test_an_app_without_a_contract_at_its_default_slot_names_its_entrypoints() -> None:
    """The error is the same without an entrypoint and with a declared one."""
    tenant = Tenant(["crawler"])
    tenant.has_default = False
    for entrypoint in (None, "crawler"):
        with pytest.raises(UnknownEntrypoint) as caught:
            contracts(tenant).fetch("a-crawler", entrypoint)
        assert ("crawler",) == caught.value.entrypoints
