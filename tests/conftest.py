"""Fixtures for every suite, and the profiles of the property tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.support.attached import Providers
from tests.support.sandbox import Sandbox
from tests.support.sandbox_pool import SandboxPool
from tests.support.terraform import Attach

PROPERTIES = settings(database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# The same examples in every run: scripts/test never fails by chance. A campaign draws other examples from its seed.
settings.register_profile("tests", PROPERTIES, derandomize=True, max_examples=300)
settings.register_profile("campaign-short", PROPERTIES, derandomize=False, max_examples=30)
settings.register_profile("campaign-full", PROPERTIES, derandomize=False, max_examples=3000)
settings.load_profile("tests")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--launch",
        action="store_true",
        help="have every command launch the provider, not attach to one that runs; takes three times as long",
    )


@pytest.fixture(scope="session")
def attach(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attach]:
    """Return a function that adds a running provider to the environment of a command."""
    if pytestconfig.getoption("launch"):
        yield dict
        return
    providers = Providers(tmp_path_factory.mktemp("home"))
    yield providers.attach
    providers.close()


@pytest.fixture(scope="session")
def sandboxes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxPool]:
    """The sandboxes of this process."""
    pool = SandboxPool(tmp_path_factory.mktemp("sandboxes"))
    yield pool
    pool.close()


@pytest.fixture
def contracts(request: pytest.FixtureRequest) -> str:
    """The form of the contracts that a sandbox serves, open or closed. `BOTH_CONTRACTS` runs a test with each form."""
    form: str = getattr(request, "param", "open")
    return form


@pytest.fixture
def sandbox(sandboxes: SandboxPool, contracts: str) -> Iterator[Sandbox]:
    """A sandbox for one test."""
    with sandboxes.lend(contracts=contracts) as lent:
        yield lent
