"""The SDK's idempotent submit, with an index that lags."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.support.sandbox import Sandbox
from tests.support.sandbox_service import inputs
from tests.support.vendor_sdk import AtlanClient, accepts_sdk_warnings, errors

pytestmark = accepts_sdk_warnings
LAG_SECONDS = 1


SECOND_SUBMITS = ("error", "coded-error", "skipped")


@pytest.fixture(scope="module", params=SECOND_SUBMITS)
def second_submit(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def _lagging(second_submit: str) -> Iterator[Sandbox]:
    more = {} if second_submit == "error" else {"submit_seconds": 0.1, "run_reasons": True}
    with Sandbox(index_lag_seconds=LAG_SECONDS, run_seconds=60, second_submit=second_submit, **more) as running:
        yield running


@pytest.fixture
def sandbox(_lagging: Sandbox) -> Sandbox:
    """Return the sandbox for the SDK's client: one whose index lags."""
    _lagging.reset()
    return _lagging


@pytest.fixture
def slug(sdk: AtlanClient) -> str:
    return sdk.app.create("bigquery-crawler", "Example", inputs(), run=False).slug


@pytest.mark.parametrize("status", ["Succeeded", "Failed", "Error", "Cancelled", "Unheard-of"])
def test_the_sdk_reads_any_status(sdk: AtlanClient, slug: str, sandbox: Sandbox, status: str) -> None:
    """With a single read. A wait of the SDK would not end on Error and Cancelled, which it does not know."""
    run_id = sdk.app.submit(slug).run_id
    sandbox.set_run(run_id, status, allow_unknown=True)
    assert status == sdk.app.get_run(run_id).status


def posts(sandbox: Sandbox) -> int:
    return len([each for each in sandbox.requests() if each["path"].endswith("/submit")])


def test_an_idempotent_submit_starts_a_run(sdk: AtlanClient, slug: str, sandbox: Sandbox) -> None:
    """The index contains no active run, so the SDK submits one."""
    assert sdk.app.submit(slug, idempotent=True).run_id
    assert 1 == posts(sandbox)


def test_an_idempotent_submit_waits_until_the_index_contains_the_active_run(
    sdk: AtlanClient, slug: str, sandbox: Sandbox, second_submit: str
) -> None:
    """After the service's 500, the SDK searches until the index contains the run. Without a 500, it does not."""
    sdk.app.submit(slug)
    started = time.monotonic()
    if second_submit == "skipped":
        assert sdk.app.submit(slug, idempotent=True).run_id
        assert 2 == posts(sandbox)
        return
    with pytest.raises(errors.InvalidRequestError, match="already"):
        sdk.app.submit(slug, idempotent=True)
    assert 2 == posts(sandbox)
    assert time.monotonic() - started >= LAG_SECONDS / 2


def test_an_idempotent_submit_sends_nothing_if_the_index_contains_an_active_run(
    sdk: AtlanClient, slug: str, sandbox: Sandbox
) -> None:
    """If the index contains an active run, the SDK does not submit."""
    sdk.app.submit(slug)
    deadline = time.monotonic() + 30
    while sdk.app._find_current_run(slug) is None:
        assert time.monotonic() < deadline
    with pytest.raises(errors.InvalidRequestError, match="already"):
        sdk.app.submit(slug, idempotent=True)
    assert 1 == posts(sandbox)
