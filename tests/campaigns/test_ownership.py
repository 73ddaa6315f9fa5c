"""Sequences of changes in two configurations and in the UI: nothing is lost, created twice or renamed."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import seed as seeded
from hypothesis.stateful import run_state_machine_as_test

from tests.support.attached import Providers
from tests.support.campaigns.figures import Figures, drawn
from tests.support.campaigns.ownership_examples import EXAMPLES, run
from tests.support.campaigns.ownership_machine import Machine
from tests.support.campaigns.ownership_stacks import Stacks
from tests.support.campaigns.ownership_ui import UiSteps
from tests.support.sandbox_pool import SandboxPool
from tests.support.terraform import Attach

PARTS, SEQUENCES = 100, 5
"""The number of tests, and of sequences in each."""

SHORT = 4
LENGTHS = range(4, 9)
CONTRACTS = ("open", "closed")
SWITCHED_OFF = (sys.executable, "-m", "tests.support.campaigns.ownership_switches")

StartStacks = Callable[[str], Stacks]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "part" in metafunc.fixturenames:
        metafunc.parametrize("part", drawn(metafunc.config, range(PARTS), short=SHORT))
    if "rule" in metafunc.fixturenames:
        metafunc.parametrize("rule", EXAMPLES)


@pytest.fixture(scope="module")
def start_stacks(
    tmp_path_factory: pytest.TempPathFactory, sandboxes: SandboxPool, attach: Attach
) -> Iterator[StartStacks]:
    """Yield a function that returns an empty tenant with contracts of a form. Workspaces are initialized once."""
    started: dict[str, Stacks] = {}
    with ExitStack() as lent:

        def starter(contracts: str) -> Stacks:
            if contracts not in started:
                sandbox = lent.enter_context(sandboxes.lend(contracts=contracts, surface_schedules=True))
                started[contracts] = Stacks(sandbox, tmp_path_factory.mktemp(contracts), attach)
            started[contracts].reset()
            return started[contracts]

        yield starter


def test_a_sequence_loses_nothing(start_stacks: StartStacks, part: int, seed: int, figures: Figures) -> None:
    """After each step, each address has its object, and after each completed apply, a plan has no changes."""
    chance = random.Random(f"{seed}/{part}")
    numbers = iter(range(-1, SEQUENCES))

    def begin() -> UiSteps | None:
        number = next(numbers, -1)
        if number < 0:  # Hypothesis tries the simplest sequence first in each part.
            return None
        figures.count("sequences")
        return UiSteps(start_stacks(CONTRACTS[(part + number) % len(CONTRACTS)]), figures)

    machine = type("Sequences", (Machine,), {"begin": staticmethod(begin)})
    run_state_machine_as_test(
        seeded(chance.randrange(2**32))(machine),
        settings=settings(
            database=None,
            deadline=None,
            max_examples=SEQUENCES + 1,
            phases=[Phase.generate],
            stateful_step_count=chance.choice(LENGTHS),
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.parametrize("contracts", CONTRACTS)
def test_an_example_of_each_rule_loses_nothing(
    start_stacks: StartStacks, contracts: str, rule: str, figures: Figures
) -> None:
    """Both forms of the campaign contain these sequences."""
    run(UiSteps(start_stacks(contracts), figures), EXAMPLES[rule])


def test_a_rule_that_is_switched_off_is_noticed(
    tmp_path: Path, sandboxes: SandboxPool, rule: str, figures: Figures
) -> None:
    """The example of a rule fails if the provider does not have the rule."""
    providers = Providers(tmp_path, [*SWITCHED_OFF, rule, "--debug"])
    with ExitStack() as ends:
        ends.callback(providers.close)
        sandbox = ends.enter_context(sandboxes.lend(surface_schedules=True))
        steps = UiSteps(Stacks(sandbox, tmp_path, providers.attach), figures)
        with pytest.raises(AssertionError, match="the sequence:") as failed:
            run(steps, EXAMPLES[rule])
    figures.count(f"noticed: {str(failed.value).splitlines()[0]}")
