"""Fixtures for every suite."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.attached import Providers
from tests.support.sandbox import Sandbox
from tests.support.sandbox_pool import SandboxPool
from tests.support.terraform import Attach


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
def sandbox(sandboxes: SandboxPool) -> Iterator[Sandbox]:
    """A sandbox for one test."""
    with sandboxes.lend() as lent:
        yield lent


@pytest.fixture(scope="module")
def _module_sandbox(sandboxes: SandboxPool) -> Iterator[Sandbox]:
    with sandboxes.lend() as lent:
        yield lent


@pytest.fixture
def shared_sandbox(_module_sandbox: Sandbox) -> Sandbox:
    """The sandbox of the module, emptied for this test."""
    _module_sandbox.reset()
    return _module_sandbox
