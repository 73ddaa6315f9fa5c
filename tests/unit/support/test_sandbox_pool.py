"""A sandbox that is used again is as good as a new one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.sandbox_pool import SandboxPool
from tests.support.sandbox_service import Service


@pytest.fixture
def pool(tmp_path: Path) -> Iterator[SandboxPool]:
    pool = SandboxPool(tmp_path)
    yield pool
    pool.close()


def test_one_that_was_given_back_is_lent_again_and_empty(pool: SandboxPool) -> None:
    """It is the same process, without the objects of its first use. Other options need another sandbox."""
    with pool.lend(run_seconds=0) as first:
        Service(first).slug()
    with pool.lend(run_seconds=0) as again, pool.lend(run_seconds=1) as other:
        assert first is again
        assert again.url != other.url
        assert ([], []) == (again.workflows(), again.requests())


def test_two_at_once_are_two(pool: SandboxPool) -> None:
    """Two users never have the same sandbox."""
    with pool.lend() as one, pool.lend() as two:
        assert one.url != two.url


def test_one_that_was_stopped_is_not_lent_again(pool: SandboxPool) -> None:
    """The next gets one that runs."""
    with pool.lend() as stopped:
        stopped.kill()
    with pool.lend() as running:
        assert (False, True) == (stopped.runs(), running.runs())
