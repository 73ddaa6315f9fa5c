"""Every operation, every fault, every Terraform operation that uses it: told, not repeated, and mended by one apply."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pytest

from tests.campaigns.conftest import Figures, drawn
from tests.support.campaigns.fault_operations import CONTRACT, RUN_STATUS, SEARCH, Operation
from tests.support.campaigns.fault_relay import Relay
from tests.support.campaigns.fault_scenarios import NO_ENTRYPOINT, SCENES, Scene
from tests.support.campaigns.fault_workspace import PLAN, RETRIES, World, is_of, told
from tests.support.campaigns.faults import FAULTS, FOR_EVER, GONE, OF_A_GATEWAY, REFUSED, REQUEST_SECONDS, SLOW, Fault
from tests.support.terraform import Attach, Result
from tests.support.ui import live

ERROR, WARNING, NOTHING, BELIEVED = "an error", "a warning", "nothing", "believed"


@dataclass(frozen=True)
class Case:
    """A fault of an operation in a Terraform operation; `once`: it has passed when the request is sent again."""

    operation: Operation
    fault: Fault
    verb: str
    scene: Scene
    once: bool = False

    def __str__(self) -> str:
        return f"{self.scene}, {self.fault}{', once' if self.once else ''}"

    @property
    def planned(self) -> bool:
        """Whether the fault comes between the plan and the apply of it."""
        return self.scene.planned or (self.really_gone and self.verb != "read")

    @property
    def really_gone(self) -> bool:
        """Whether somebody removes what was asked for, so that the 404 is the service's own."""
        return self.fault is GONE and self.scene.gone is not None

    @property
    def earlier(self) -> int:
        """How many requests of the operation come before the one that is meant."""
        return [operation for operation, _ in self.scene.along].count(self.operation)

    @property
    def repeats(self) -> bool:
        return self.fault.repeats(writes=self.operation.writes)

    @property
    def expected(self) -> str:
        """What the apply says of the fault."""
        if self.once:
            return NOTHING
        if self.really_gone and self.verb in ("read", "delete"):
            return BELIEVED
        if self.fault.name in self.scene.believes:
            return BELIEVED
        if self.scene.bears and self.may_pass:
            return NOTHING
        if self.scene.settles and self.fault.done == "yes":
            return NOTHING
        if self.scene.recovers and self.fault.done == "yes":
            return WARNING
        return WARNING if self.scene.optional and not self.ends_the_apply else ERROR

    @property
    def may_pass(self) -> bool:
        """Whether somebody who watches looks again: the service has not said that there is nothing to see."""
        return self.fault.undone or not self.fault.certain or self.fault is OF_A_GATEWAY

    @property
    def ends_the_apply(self) -> bool:
        """Whether even a request that is optional cannot fail so: an app without a contract, and nobody listening."""
        missing = self.operation is CONTRACT and self.fault is GONE
        return missing or (self.fault is REFUSED and not self.scene.last)

    @property
    def taints(self) -> bool:
        """A run that cannot be watched is of no use; nothing else is ever tainted."""
        return self.scene.bears and self.verb == "create" and self.expected == ERROR


def cases() -> Iterator[Case]:
    """All that exist."""
    for scene in SCENES:
        for fault in FAULTS:
            if fault.name in scene.not_there or (scene.bears and fault is REFUSED):
                continue
            case = Case(scene.operation, fault, scene.verb, scene)
            yield case
            if case.repeats and fault is not REFUSED and not scene.bears and scene.operation is not SEARCH:
                yield replace(case, once=True)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    chosen = drawn(metafunc.config, list(cases()), short=40)
    metafunc.parametrize("case", chosen, ids=[str(each).replace(", ", "/").replace(" ", "-") for each in chosen])


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory, attach: Attach) -> Iterator[Callable[[bool], World]]:
    """The worlds of this module: one whose tenant lists schedules, and one whose tenant hides them."""
    made: dict[bool, World] = {}

    def world(hidden: bool) -> World:
        if hidden not in made:
            made[hidden] = World(tmp_path_factory.mktemp("world"), attach, hidden=hidden)
        return made[hidden]

    yield world
    for each in made.values():
        each.close()


def test_a_fault_is_told_and_one_apply_mends_it(case: Case, worlds: Callable[[bool], World], figures: Figures) -> None:
    """The error names it, no write is repeated unasked, nothing is tainted, doubled or lost, and the plan is quiet."""
    scene = case.scene
    world = worlds(scene.hidden)
    result, since = strike(world, case)
    try:
        assert_told(case, result)
        assert_sent(case, world, result, since)
        assert (["atlan_app_run"] if case.taints else []) == world.tainted()
    finally:
        world.sandbox.clear_faults()
    if case.fault is SLOW:
        world.wait_for_the_slow(case.operation, since)
    again = len(world.sent(case.operation, since)) - 1 - case.earlier if case.repeats else 0
    requests = len(world.sandbox.requests()) - since
    pasted = world.converge(told(result))
    assert_one_of_each(case, world)
    mended = "mended by a pasted import block" if pasted else "mended by one apply"
    figures.count(f"fault cases, {mended if result.returncode else 'that went on by themselves'}", 1)
    figures.count("fault cases", 1)
    figures.count("requests that met a fault, and what followed them", requests)
    figures.count("requests that were sent again", max(0, again))


def strike(world: World, case: Case) -> tuple[Result, int]:
    """Have the fault meet the apply; what came of it, and how many requests there had been before."""
    set_the_scene(world, case)
    if case.fault is REFUSED:
        doors = requests_before(world, case)
        set_the_scene(world, case)
    since = len(world.sandbox.requests())
    ask_for_faults(world, case)
    if case.fault is not REFUSED:
        return world.act(case.scene, world.sandbox.url, planned=case.planned), since
    with Relay(world.sandbox.url, doors) as relay:
        return world.act(case.scene, relay.url, planned=case.planned), since


def set_the_scene(world: World, case: Case) -> None:
    scene = case.scene
    world.set_up(scene)
    world.write(scene, scene.after, REQUEST_SECONDS if case.fault is SLOW else 30)
    if case.planned:
        world.workspace.plan(f"-out={PLAN}").ok()
    if case.really_gone and scene.gone is not None:
        scene.gone(world.sandbox)


def ask_for_faults(world: World, case: Case) -> None:
    for operation, what in case.scene.along:
        world.sandbox.fault(operation.method, operation.path, times=1, **what)
    if case.fault is REFUSED or case.really_gone:
        return
    times = FOR_EVER
    if case.once:
        times = 1
    elif case.scene.bears and case.expected == NOTHING:
        times = RETRIES + 2
    world.sandbox.fault(case.operation.method, case.operation.path, times=times, **case.fault.ask)


def requests_before(world: World, case: Case) -> int:
    """How many requests come before the one that is meant when nothing goes wrong with it."""
    since = len(world.sandbox.requests())
    for operation, what in case.scene.along:
        world.sandbox.fault(operation.method, operation.path, times=1, **what)
    world.act(case.scene, world.sandbox.url, planned=case.planned)
    requests = world.sandbox.requests()[since:]
    return [number for number, each in enumerate(requests) if is_of(case.operation, each)][case.earlier]


def assert_told(case: Case, result: Result) -> None:
    """What is said is what happened, in the provider's own words and with what to do about it."""
    errors = [each for each in result.diagnostics if each["severity"] == "error"]
    assert ("Traceback" in result.output, "failed unexpectedly" in result.output) == (False, False), told(result)
    assert [] == [each for each in errors if "\n\n" not in each["detail"]], "an error without advice"
    if case.expected != BELIEVED:
        assert (case.expected == ERROR) == bool(errors) == bool(result.returncode), told(result)
    if case.expected in (ERROR, WARNING):
        assert any(names(case, f"{each['summary']} {each['detail']}") for each in result.diagnostics), told(result)
    if case.expected == NOTHING:
        assert [] == [each for each in result.diagnostics if names(case, each["detail"])], told(result)


def names(case: Case, text: str) -> bool:
    """Whether a text says what happened to which request, and how often it was tried if it was more than once."""
    if case.scene.lookup:
        return case.scene.lookup in text
    request = rf"{case.operation.method} \S*{case.operation.path.removesuffix('$')} "
    tried = not case.repeats or f"Tried {1 + RETRIES} times" in text
    return tried and any(word in text for word in case.fault.said) and re.search(request, text) is not None


def assert_sent(case: Case, world: World, result: Result, since: int) -> None:
    """The request came once, and once more where it may be repeated; no other write came twice."""
    sent_anew = [operation for operation, what in case.scene.along if what == NO_ENTRYPOINT]  # without the entrypoint
    assert [] == world.repeated_writes(since, case.operation, sent_anew)
    times = len(world.sent(case.operation, since)) - case.earlier
    if case.fault is REFUSED:
        assert times == 0
    elif case.operation.writes or (case.expected == ERROR and case.operation.method == "GET" and not case.scene.bears):
        assert times == case.scene.calls * (1 + RETRIES if case.repeats else 1), told(result)


def assert_one_of_each(case: Case, world: World) -> None:
    """One live workflow, one trigger, one run, one credential as configured; state has them, and the plan is quiet."""
    state = world.state()
    configured = re.findall(r'^resource "(\w+)"', case.scene.after, re.MULTILINE)
    assert sorted(configured) == sorted(state)
    assert [] == world.tainted()
    assert left(case) == world.counts()
    held = {
        "atlan_app": ("slug", [app["slug"] for app in live(world.sandbox)]),
        "atlan_app_schedule": ("trigger_id", list(world.triggers())),
        "atlan_app_run": ("run_id", [run["run_id"] for app in live(world.sandbox) for run in app["runs"]]),
        "atlan_credential": ("guid", world.credentials()),
    }
    for kind, values in state.items():
        name, known = held[kind]
        assert values[name] in known
    world.workspace.plan("-detailed-exitcode").ok()


def left(case: Case) -> dict[str, int]:
    """How many of each kind there are in the end: a run that could not be watched is replaced, a lost one is gone."""
    lost = case.really_gone and case.operation is RUN_STATUS and case.verb == "delete"
    runs = case.scene.left.get("runs", 0) + case.taints - lost
    return {what: number for what, number in {**case.scene.left, "runs": runs}.items() if number}
