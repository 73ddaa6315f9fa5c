"""Interrupts at random moments of create, update and destroy: the next applies leave exactly what is configured."""

from collections.abc import Iterator

import pytest

from tests.acceptance.conftest import Start
from tests.campaigns.conftest import SEED, Figures, drawn
from tests.support.campaigns.interrupts import APPS, Case, Converged, Round, World, configuration, rounds

ROUNDS = 50
MOST_APPLIES = 3


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "lived" in metafunc.fixturenames:
        chosen = drawn(metafunc.config, rounds(ROUNDS, metafunc.config.getoption("seed", SEED)), short=2)
        metafunc.parametrize("lived", chosen, ids=[f"round {each.number}" for each in chosen])


def test_the_next_applies_leave_exactly_what_is_configured(start: Start, lived: Round, figures: Figures) -> None:
    """One live workflow and one trigger for each resource, all in state; nothing is tainted, and a plan is quiet."""
    sandbox, workspace = start(
        launch=True,
        latency_ms=lived.latency_ms,
        surface_schedules=lived.surface_schedules,
        surface_inputs=lived.surface_inputs,
    )
    world = World(sandbox, workspace)
    for generation, case in enumerate(lived.cases):
        if case.step != "destroy":
            workspace.write(configuration(generation))
        came = world.interrupt(case)
        restored = world.restore_state()
        tainted = world.tainted()
        converged = world.converge(case.step, MOST_APPLIES)
        unknown = 0 if lived.surface_schedules else world.remove_unknown_triggers()
        told = f"{case}, {lived}: {converged}"
        assert [] == tainted, told
        assert lived.surface_schedules or unknown == 0 or case.kills, told
        check(world, case, generation, told)
        count(figures, case, converged, came=came, unknown=unknown, restored=restored)


def check(world: World, case: Case, generation: int, told: str) -> None:
    """Exactly what is configured is there, and state knows all of it."""
    labels = [] if case.step == "destroy" else list(range(APPS))
    apps, schedules = world.state("atlan_app"), world.state("atlan_app_schedule")
    expected = {f"app {label}": [apps[f"app_{label}"]["slug"]] for label in labels}
    assert expected == world.workflows(), told
    assert sorted(triggers(schedules)) == world.triggers(), told
    assert {f"{generation} {label} * * *" for label in labels} == {each["cron"] for each in schedules.values()}, told
    assert len(labels) == len(apps) == len(schedules), told
    assert all(active == 1 for active in world.active_runs().values()), told
    assert [] == world.tainted(), told
    if labels:
        plan = world.workspace.plan("-detailed-exitcode")
        assert plan.returncode == 0, f"{told}\n{plan}"


def triggers(schedules: dict[str, dict[str, str]]) -> Iterator[tuple[str, str, str]]:
    for each in schedules.values():
        yield each["slug"], each["trigger_id"], each["cron"]


def count(figures: Figures, case: Case, converged: Converged, *, came: bool, unknown: int, restored: bool) -> None:
    """What is told at the end; that nothing is doubled, orphaned or tainted has been checked by then."""
    figures.count("interrupts")
    figures.count(f"interrupts, {case.signal} to {case.target}")
    figures.count("interrupts that came too late, after the last request", int(not came))
    figures.count("state files that Terraform left empty, restored from its backup", int(restored))
    figures.count(f"converged by apply {converged.applies}")
    figures.count("import blocks of workflows pasted", len([each for each in converged.pasted if "_run." not in each]))
    figures.count("import blocks of runs pasted", len([each for each in converged.pasted if "_run." in each]))
    figures.count("workflows or triggers orphaned or doubled where schedules are listed", 0)
    figures.count("triggers orphaned by a kill where schedules are hidden", unknown)
