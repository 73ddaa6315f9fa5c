"""Interrupts at random moments of create, update and destroy: later applies lead to exactly the configured state."""

from collections.abc import Iterator

import pytest

from tests.acceptance.conftest import Start
from tests.support.campaigns.figures import SEED, Figures, drawn
from tests.support.campaigns.interrupts import APPS, Case, Converged, Environment, Round, configuration, rounds

ROUNDS = 50
MOST_APPLIES = 3


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "lived" in metafunc.fixturenames:
        chosen = drawn(metafunc.config, rounds(ROUNDS, metafunc.config.getoption("seed", SEED)), short=2)
        metafunc.parametrize("lived", chosen, ids=[f"round {each.number}" for each in chosen])


def test_the_next_applies_leave_exactly_what_is_configured(start: Start, lived: Round, figures: Figures) -> None:
    """Each resource has one live workflow and one trigger, all are in state, none is tainted, and a plan has no
    changes.
    """
    sandbox, workspace = start(
        launch=True,
        latency_ms=lived.latency_ms,
        surface_schedules=lived.surface_schedules,
        surface_inputs=lived.surface_inputs,
    )
    environment = Environment(sandbox, workspace)
    for generation, case in enumerate(lived.cases):
        if case.step != "destroy":
            workspace.write(configuration(generation))
        _, interrupted = environment.interrupt(case)
        restored = environment.restore_state()
        tainted = environment.tainted()
        converged = environment.converge(case.step, MOST_APPLIES)
        unknown = environment.remove_unknown_triggers()
        told = f"{case}, {lived}: {converged}"
        assert [] == tainted, told
        assert [] == unknown or case.kills, told
        unnamed = [each for each in unknown if each not in converged.warned]
        assert [] == unnamed or not lived.surface_schedules, told
        check(environment, case, generation, told)
        named = len(unknown) - len(unnamed)
        count(figures, case, converged, interrupted=interrupted, unnamed=len(unnamed), named=named, restored=restored)


def check(environment: Environment, case: Case, generation: int, told: str) -> None:
    """Assert that exactly the configured objects exist and are in state."""
    labels = [] if case.step == "destroy" else list(range(APPS))
    apps, schedules = environment.state("atlan_app"), environment.state("atlan_app_schedule")
    expected = {f"app {label}": [apps[f"app_{label}"]["slug"]] for label in labels}
    assert expected == environment.workflows(), told
    assert sorted(triggers(schedules)) == environment.triggers(), told
    assert {f"{generation} {label} * * *" for label in labels} == {each["cron"] for each in schedules.values()}, told
    assert len(labels) == len(apps) == len(schedules), told
    assert all(active == 1 for active in environment.active_runs().values()), told
    assert [] == environment.tainted(), told
    if labels:
        plan = environment.workspace.plan("-detailed-exitcode")
        assert plan.returncode == 0, f"{told}\n{plan}"


def triggers(schedules: dict[str, dict[str, str]]) -> Iterator[tuple[str, str, str]]:
    for each in schedules.values():
        yield each["slug"], each["trigger_id"], each["cron"]


def count(
    figures: Figures, case: Case, converged: Converged, *, interrupted: bool, unnamed: int, named: int, restored: bool
) -> None:
    """Count the figures of an interrupt. Duplicates, orphans and taints have been checked before."""
    figures.count("interrupts")
    figures.count(f"interrupts, {case.signal} to {case.target}")
    figures.count("interrupts that came too late, after the last request", int(not interrupted))
    figures.count("state files that Terraform left empty, restored from its backup", int(restored))
    figures.count(f"converged by apply {converged.applies}")
    figures.count("import blocks of workflows pasted", len([each for each in converged.pasted if "_run." not in each]))
    figures.count("import blocks of runs pasted", len([each for each in converged.pasted if "_run." in each]))
    figures.count("workflows doubled, and triggers doubled without a warning where schedules are listed", 0)
    figures.count("triggers left by a kill that a warning names, where schedules are listed", named)
    figures.count("triggers left by a kill where schedules are hidden", unnamed)
