"""The SDK's submit that starts no second run, against an index that lags behind."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.support.sandbox import Sandbox
from tests.unit.sandbox.sdk import AtlanClient, accepts_sdk_warnings, errors
from tests.unit.sandbox.service import inputs

pytestmark = accepts_sdk_warnings
LAG_SECONDS = 1


@pytest.fixture(scope="module")
def _lagging() -> Iterator[Sandbox]:
    with Sandbox(index_lag_seconds=LAG_SECONDS, run_seconds=60) as running:
        yield running


@pytest.fixture
def shared_sandbox(_lagging: Sandbox) -> Sandbox:
    """The sandbox that the SDK's client is made for, here one whose index lags."""
    _lagging.reset()
    return _lagging


@pytest.fixture
def slug(sdk: AtlanClient) -> str:
    return sdk.app.create("bigquery-crawler", "Example", inputs(), run=False).slug


def posts(sandbox: Sandbox) -> int:
    return len([each for each in sandbox.requests() if each["path"].endswith("/submit")])


def test_an_idempotent_submit_starts_a_run(sdk: AtlanClient, slug: str, shared_sandbox: Sandbox) -> None:
    """The index has none, so it is submitted."""
    assert sdk.app.submit(slug, idempotent=True).run_id
    assert 1 == posts(shared_sandbox)


def test_an_idempotent_submit_beside_a_run_that_the_index_has_not_is_told_so_later(
    sdk: AtlanClient, slug: str, shared_sandbox: Sandbox
) -> None:
    """The service's 500 is made sure of by looking until the index has it."""
    sdk.app.submit(slug)
    started = time.monotonic()
    with pytest.raises(errors.InvalidRequestError, match="already"):
        sdk.app.submit(slug, idempotent=True)
    assert 2 == posts(shared_sandbox)
    assert time.monotonic() - started >= LAG_SECONDS / 2


def test_an_idempotent_submit_beside_a_run_that_the_index_has_sends_nothing(
    sdk: AtlanClient, slug: str, shared_sandbox: Sandbox
) -> None:
    """Found beforehand, it is not submitted."""
    sdk.app.submit(slug)
    deadline = time.monotonic() + 30
    while sdk.app._find_current_run(slug) is None:
        assert time.monotonic() < deadline
    with pytest.raises(errors.InvalidRequestError, match="already"):
        sdk.app.submit(slug, idempotent=True)
    assert 1 == posts(shared_sandbox)
