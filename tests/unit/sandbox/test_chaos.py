"""Chaos: the share of refused requests, their statuses, and the delays."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import Any

import pytest

from provider.sandbox.chaos import RETRY_AFTER_SECONDS, Chaos
from provider.sandbox.tenant import Tenant
from tests.support.sandbox import Sandbox
from tests.support.sandbox_service import APP, Clock, Service

SETTINGS = {"seed": 1, "failing": 0.05, "latency_ms": [20, 200]}


def _faults(chaos: Chaos, number: int = 2000, method: str = "GET", **change: Any) -> list[Any]:
    chaos.change({**SETTINGS, **change})
    return [chaos.next(method) for _ in range(number)]


def test_a_share_of_the_requests_is_refused() -> None:
    """About 5 percent are refused, half of them with each status."""
    statuses = Counter(fault.status for fault in _faults(Chaos(), 20_000))
    assert 20_000 * 0.045 < statuses[429] + statuses[503] < 20_000 * 0.055
    assert {None, 429, 503} == statuses.keys()
    assert 0.7 < statuses[429] / statuses[503] < 1.4


def test_the_latency_is_drawn_from_its_range() -> None:
    """The delays are spread over the range and do not exceed it."""
    delays = [fault.delay_ms for fault in _faults(Chaos())]
    assert 20 <= min(delays) < 25
    assert 195 < max(delays) <= 200


def test_the_same_seed_gives_the_same_faults() -> None:
    """The same seed gives the same faults, and another seed gives others."""
    first, second, other = (_faults(Chaos(), 100, seed=seed, failing=0.5) for seed in (1, 1, 2))
    assert first == second
    assert first != other


@pytest.mark.parametrize(
    ("method", "status", "silent"), [("GET", 429, True), ("GET", 503, True), ("POST", 429, True), ("POST", 503, False)]
)
def test_a_refusal_may_have_a_retry_after_header(clock: Clock, method: str, status: int, silent: bool) -> None:
    """`Retry-After` is in seconds, is a date, or is missing; a write that is refused with a 503 always has one."""
    refused = [fault for fault in _faults(Chaos(clock), method=method, failing=1) if fault.status == status]
    told = {(fault.headers or {}).get("Retry-After") for fault in refused}
    assert (None in told) == silent
    seconds, date = sorted(text for text in told if text is not None)
    assert str(RETRY_AFTER_SECONDS) == seconds
    assert clock() + RETRY_AFTER_SECONDS == parsedate_to_datetime(date).timestamp()


def test_a_refused_request_is_not_handled(service: Service) -> None:
    """A refused create stores nothing, the log contains the status, and chaos does not apply to the control plane."""
    service.sandbox.chaos(seed=1, failing=1, latency_ms=(0, 0))
    status = service.create().status
    assert status in (429, 503)
    assert [] == service.sandbox.workflows()
    assert [status] == [entry["status"] for entry in service.sandbox.requests()]


def test_every_response_is_delayed(service: Service) -> None:
    """A request that is not refused is delayed, and then handled."""
    service.sandbox.chaos(seed=1, failing=0, latency_ms=(200, 300))
    started = time.monotonic()
    assert 200 == service.call("GET", APP).status
    assert time.monotonic() - started >= 0.2


def test_a_fault_applies_before_chaos(service: Service) -> None:
    """A fault that a test added applies before chaos does."""
    service.sandbox.chaos(seed=1, failing=1, latency_ms=(0, 0))
    service.sandbox.fault("GET", "/v1/app$", status=502)
    assert 502 == service.call("GET", APP).status
    assert service.call("GET", APP).status in (429, 503)


def test_a_reset_turns_chaos_off(service: Service) -> None:
    """After a reset, requests are handled again."""
    service.sandbox.chaos(seed=1, failing=1, latency_ms=(0, 0))
    service.sandbox.reset()
    assert 200 == service.call("GET", APP).status


def test_chaos_is_off_at_the_start(open_tenant: Callable[..., Tenant]) -> None:
    """No request is refused or delayed at the start."""
    met = [open_tenant().chaos.next("GET") for _ in range(100)]
    assert {(None, 0)} == {(fault.status, fault.delay_ms) for fault in met}


@pytest.mark.parametrize(
    "change",
    [
        {"failing": 1.1},
        {"failing": -0.1},
        {"latency_ms": [200, 20]},
        {"latency_ms": [20]},
        {"latency_ms": 20},
        {"latency_ms": [-1, 20]},
        {"latency_ms": [0, 10**400]},
        {"seed": "1"},
        {"nonsense": 1},
    ],
)
def test_invalid_settings_are_refused(sandbox: Sandbox, change: dict[str, Any]) -> None:
    """Invalid settings return a 400, and the settings before stay in force."""
    assert 400 == sandbox.call("POST", "/_sandbox/chaos", {**SETTINGS, "failing": 1, **change}).status
    assert 200 == sandbox.call("GET", APP).status
