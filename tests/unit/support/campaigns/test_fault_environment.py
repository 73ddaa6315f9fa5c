"""How the campaign of faults counts the requests. A count that is always zero would hide a request that is repeated."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.support.campaigns.fault_environment import Environment
from tests.support.campaigns.fault_operations import ADD, CREATE


def environment(*requests: tuple[str, str]) -> Environment:
    """An environment with this log of requests, and without a sandbox or a workspace."""
    log: list[dict[str, Any]] = [{"method": method, "path": path} for method, path in requests]
    built = Environment.__new__(Environment)
    built.sandbox = SimpleNamespace(requests=lambda: log)  # type: ignore[assignment] - only the log is read
    return built


def test_the_requests_of_an_operation_are_counted() -> None:
    """Neither another method nor another path belongs to it. The first requests are left out."""
    found = environment(("POST", "/v1/app"), ("POST", "/v1/app"), ("GET", "/v1/app"), ("POST", "/v1/app/a/schedule"))
    assert [{"method": "POST", "path": "/v1/app"}] == found.sent(CREATE, 1)


@pytest.mark.parametrize(
    ("requests", "expected"),
    [
        pytest.param([("POST", "/v1/app/a/schedule")] * 2, [("POST", "/v1/app/a/schedule")], id="a write"),
        pytest.param([("POST", "/v1/app/a/schedule"), ("POST", "/v1/app/b/schedule")], [], id="two different writes"),
        pytest.param([("GET", "/a")] * 2, [], id="a read"),
        pytest.param([("POST", "/indexsearch")] * 2, [], id="a search"),
        pytest.param([("POST", "/v1/app")] * 2, [], id="the operation with the fault"),
    ],
)
def test_a_repeated_write_is_found(requests: list[tuple[str, str]], expected: list[tuple[str, str]]) -> None:
    """Reads can be repeated. The operation with the fault is counted separately."""
    assert expected == environment(*requests).repeated_writes(0, CREATE, ())


@pytest.mark.parametrize(("times", "expected"), [(2, []), (3, [("POST", "/v1/app/a/schedule")])])
def test_a_write_that_may_be_sent_again_is_sent_twice(times: int, expected: list[tuple[str, str]]) -> None:
    """A third request is a finding."""
    assert expected == environment(*[("POST", "/v1/app/a/schedule")] * times).repeated_writes(0, CREATE, [ADD])
