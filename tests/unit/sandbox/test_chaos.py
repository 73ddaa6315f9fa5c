"""Chaos: how often requests are refused, by what, and how long answers take."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import Any

import pytest

from provider.sandbox.chaos import RETRY_SECONDS, Chaos
from provider.sandbox.tenant import Tenant
from tests.support.sandbox import Sandbox
from tests.unit.sandbox.service import APP, Clock, Service

BAD = {"seed": 1, "failing": 0.05, "latency_ms": [20, 200]}


def _drawn(weather: Chaos, number: int = 2000, method: str = "GET", **change: Any) -> list[Any]:
    weather.change({**BAD, **change})
    return [weather.next(method) for _ in range(number)]


def test_a_share_of_the_requests_is_refused() -> None:
    """About five in a hundred, half of them with each status."""
    statuses = Counter(fault.status for fault in _drawn(Chaos(), 20_000))
    assert 20_000 * 0.045 < statuses[429] + statuses[503] < 20_000 * 0.055
    assert {None, 429, 503} == statuses.keys()
    assert 0.7 < statuses[429] / statuses[503] < 1.4


def test_the_latency_is_drawn_from_its_range() -> None:
    """Both ends are come near to, and neither is passed."""
    delays = [fault.delay_ms for fault in _drawn(Chaos())]
    assert 20 <= min(delays) < 25
    assert 195 < max(delays) <= 200


def test_the_same_seed_draws_the_same_weather() -> None:
    """Another seed draws another."""
    first, second, other = (_drawn(Chaos(), 100, seed=seed, failing=0.5) for seed in (1, 1, 2))
    assert first == second
    assert first != other


@pytest.mark.parametrize(
    ("method", "status", "silent"), [("GET", 429, True), ("GET", 503, True), ("POST", 429, True), ("POST", 503, False)]
)
def test_a_refusal_may_say_when_to_come_back(clock: Clock, method: str, status: int, silent: bool) -> None:
    """In seconds, by a date, or not at all; a write that is refused with a 503 is always told."""
    refused = [fault for fault in _drawn(Chaos(clock), method=method, failing=1) if fault.status == status]
    told = {(fault.headers or {}).get("Retry-After") for fault in refused}
    assert (None in told) == silent
    seconds, date = sorted(text for text in told if text is not None)
    assert str(RETRY_SECONDS) == seconds
    assert clock() + RETRY_SECONDS == parsedate_to_datetime(date).timestamp()


def test_what_is_refused_is_not_carried_out(service: Service) -> None:
    """Nothing is stored, the log tells the status, and the control plane has no weather."""
    service.sandbox.chaos(seed=1, failing=1, latency_ms=(0, 0))
    status = service.create().status
    assert status in (429, 503)
    assert [] == service.sandbox.workflows()
    assert [status] == [entry["status"] for entry in service.sandbox.requests()]


def test_every_answer_takes_its_time(service: Service) -> None:
    """What is not refused is answered by the service, later."""
    service.sandbox.chaos(seed=1, failing=0, latency_ms=(200, 300))
    started = time.monotonic()
    assert 200 == service.call("GET", APP).status
    assert time.monotonic() - started >= 0.2


def test_a_fault_comes_before_the_weather(service: Service) -> None:
    """What a test asked for is what it gets."""
    service.sandbox.chaos(seed=1, failing=1, latency_ms=(0, 0))
    service.sandbox.fault("GET", "/v1/app$", status=502)
    assert 502 == service.call("GET", APP).status
    assert service.call("GET", APP).status in (429, 503)


def test_a_reset_clears_it(service: Service) -> None:
    """Afterwards the service answers again."""
    service.sandbox.chaos(seed=1, failing=1, latency_ms=(0, 0))
    service.sandbox.reset()
    assert 200 == service.call("GET", APP).status


def test_fair_weather_is_the_beginning(open_tenant: Callable[..., Tenant]) -> None:
    """Nobody asked for any: no request is refused or delayed."""
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
def test_a_weather_that_makes_no_sense_is_refused(shared_sandbox: Sandbox, change: dict[str, Any]) -> None:
    """A mistake in a test is told to the test, and the weather stays as it was."""
    assert 400 == shared_sandbox.call("POST", "/_sandbox/chaos", {**BAD, "failing": 1, **change}).status
    assert 200 == shared_sandbox.call("GET", APP).status
