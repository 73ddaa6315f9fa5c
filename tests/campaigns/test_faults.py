"""Every request of every Terraform operation, with every fault: reported, not repeated, repaired by one apply."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest

from tests.support.campaigns.fault_blocks import FORMER_PASSWORD, PASSWORD
from tests.support.campaigns.fault_environment import PLAN, RETRIES, Environment, is_of, texts, used_credential
from tests.support.campaigns.fault_operations import CONTRACT, RUN_STATUS, Operation
from tests.support.campaigns.fault_relay import Relay
from tests.support.campaigns.fault_scenario import Scenario
from tests.support.campaigns.fault_scenarios import NO_ENTRYPOINT, SCENARIOS
from tests.support.campaigns.faults import (
    FAULTS,
    FOR_EVER,
    GONE,
    NAME_TAKEN,
    NO_CODE,
    OF_A_GATEWAY,
    OF_CREDENTIALS,
    OF_THE_SETUP,
    REFUSED,
    REQUEST_SECONDS,
    SLOW,
    UNREADABLE,
    Fault,
)
from tests.support.campaigns.figures import Figures, drawn
from tests.support.sandbox import API_KEY
from tests.support.terraform import Attach, Result
from tests.support.ui import live

ERROR, WARNING, NOTHING, ACCEPTED = "an error", "a warning", "nothing", "accepted"
SECRETS = (PASSWORD, FORMER_PASSWORD, API_KEY)
SENT_AGAIN = (NO_ENTRYPOINT, NAME_TAKEN.request)
"""After these faults, the request is sent again with another value."""


@dataclass(frozen=True)
class Case:
    """A fault of a request in a Terraform operation. With `once`, only the first request fails."""

    operation: Operation
    fault: Fault
    verb: str
    scenario: Scenario
    once: bool = False

    def __str__(self) -> str:
        return f"{self.scenario}, {self.fault}{', once' if self.once else ''}"

    @property
    def planned(self) -> bool:
        """Return True if the fault starts between the plan and its apply."""
        return self.scenario.planned or (self.removed and self.verb != "read")

    @property
    def removed(self) -> bool:
        """Return True if the object is really removed. The 404 then comes from the service itself."""
        return self.fault is GONE and self.scenario.gone is not None

    @property
    def earlier(self) -> int:
        """Return the number of requests of the same kind before the one with the fault."""
        return [operation for operation, _ in self.scenario.preceding].count(self.operation)

    @property
    def repeats(self) -> bool:
        waits = self.scenario.is_new or (self.scenario.is_fresh and not self.scenario.keeps)
        return waits or self.fault.repeats(writes=self.operation.writes)

    @property
    def renames(self) -> bool:
        """Return True if the request is sent again with another name of the credential."""
        return self.fault is NAME_TAKEN and (self.scenario.renames or self.scenario.redraws)

    @property
    def sends(self) -> int:
        """Return how often the request is sent if each one fails. A wrong setup ends the plan."""
        calls = 1 if self.fault in OF_THE_SETUP else self.scenario.calls
        return calls * (1 + self.renames) * (1 + RETRIES if self.repeats else 1)

    @property
    def expected(self) -> str:
        """Return what the apply reports: nothing, a warning, an error, or what an accepted answer leads to."""
        if self.once:
            keeps = self.scenario.keeps and self.scenario.is_fresh
            return WARNING if keeps or (self.renames and not self.scenario.redraws) else NOTHING
        if self.removed and self.verb in ("read", "delete"):
            return ACCEPTED
        if self.fault.name in self.scenario.accepts:
            return ACCEPTED
        if self.scenario.keeps and self.fault is NO_CODE:
            return WARNING
        if self.scenario.polls and self.can_pass:
            return NOTHING
        if self.scenario.settles and self.fault.done == "yes":
            return NOTHING
        if self.scenario.recovers and self.fault.done == "yes":
            return WARNING
        is_optional = self.scenario.optional or (self.scenario.may_lack and self.is_no_list)
        is_unreadable = self.scenario.may_be_unreadable and self.fault in UNREADABLE
        return WARNING if is_unreadable or (is_optional and not self.ends_the_apply) else ERROR

    @property
    def is_no_list(self) -> bool:
        """Return True if the answer is not the service's own list, as on a tenant without it."""
        return self.fault in (GONE, NO_CODE, OF_A_GATEWAY) or self.fault.request.get("status") == 200

    @property
    def can_pass(self) -> bool:
        """Return True if a wait reads again, because the service did not say that the object is missing."""
        return self.fault.undone or not self.fault.certain or self.fault in (NO_CODE, OF_A_GATEWAY)

    @property
    def ends_the_apply(self) -> bool:
        """Return True if even an optional request ends the apply.

        A missing contract and a wrong setup end the plan, and a refused connection ends the next request. If not every
        tenant has the list, a page instead of the list is a missing list.
        """
        missing = self.operation is CONTRACT and self.fault in (GONE, NO_CODE)
        setup = self.fault in OF_THE_SETUP and not self.scenario.may_lack
        return missing or ((setup or self.fault is REFUSED) and not self.scenario.last)

    @property
    def taints(self) -> bool:
        """Return True if the fault taints the resource. Only a new run whose status cannot be read is tainted."""
        return self.scenario.polls and self.verb == "create" and self.expected == ERROR


def cases() -> Iterator[Case]:
    """Yield all cases."""
    for scenario in SCENARIOS:
        for fault in FAULTS:
            if fault.name in scenario.impossible or (scenario.polls and fault is REFUSED):
                continue
            if fault in OF_CREDENTIALS and not scenario.stores_credential:
                continue
            case = Case(scenario.operation, fault, scenario.verb, scenario)
            if scenario.is_new or scenario.is_fresh:
                if fault in (GONE, NO_CODE):
                    yield replace(case, once=True)
                continue
            yield case
            sent_again = (case.repeats and fault is not REFUSED) or case.renames
            if sent_again and not scenario.polls and not scenario.fails:
                yield replace(case, once=True)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    chosen = drawn(metafunc.config, list(cases()), short=40)
    metafunc.parametrize("case", chosen, ids=[str(each).replace(", ", "/").replace(" ", "-") for each in chosen])


@pytest.fixture(scope="module")
def environments(tmp_path_factory: pytest.TempPathFactory, attach: Attach) -> Iterator[Callable[[bool], Environment]]:
    """The workspaces of this module: one with a tenant that lists schedules, and one that hides them."""
    made: dict[bool, Environment] = {}

    def environment(hidden: bool) -> Environment:
        if hidden not in made:
            made[hidden] = Environment(tmp_path_factory.mktemp("tenant"), attach, hidden=hidden)
        return made[hidden]

    yield environment
    for each in made.values():
        each.close()


def test_a_fault_is_reported_and_one_apply_repairs_it(
    case: Case, environments: Callable[[bool], Environment], figures: Figures
) -> None:
    """The fault is reported, no write is repeated without need, and one apply leads to the configured state."""
    scenario = case.scenario
    environment = environments(scenario.hidden)
    result, since = apply_with_fault(environment, case)
    try:
        assert_reported(case, result)
        assert_sent(case, environment, result, since)
        assert (["atlan_app_run"] if case.taints else []) == environment.tainted()
    finally:
        environment.sandbox.clear_faults()
    if case.fault is SLOW:
        environment.wait_for_slow_requests(case.operation, since)
    again = len(environment.sent(case.operation, since)) - 1 - case.earlier if case.repeats else 0
    requests = len(environment.sandbox.requests()) - since
    pasted = environment.converge(texts(result))
    assert_one_of_each(case, environment)
    mended = "mended by a pasted import block" if pasted else "mended by one apply"
    figures.count(f"fault cases, {mended if result.returncode else 'that went on by themselves'}", 1)
    figures.count("fault cases", 1)
    figures.count("requests that met a fault, and what followed them", requests)
    figures.count("requests that were sent again", max(0, again))


def apply_with_fault(environment: Environment, case: Case) -> tuple[Result, int]:
    """Apply with the fault. Return the result, and the number of requests before the apply."""
    prepare(environment, case)
    if case.fault is REFUSED:
        allowed = requests_before(environment, case)
        prepare(environment, case)
    since = len(environment.sandbox.requests())
    add_faults(environment, case)
    if case.fault is not REFUSED:
        return environment.act(case.scenario, environment.sandbox.url, planned=case.planned), since
    with Relay(environment.sandbox.url, allowed) as relay:
        return environment.act(case.scenario, relay.url, planned=case.planned), since


def prepare(environment: Environment, case: Case) -> None:
    scenario = case.scenario
    environment.set_up(scenario)
    environment.write(scenario, scenario.after, REQUEST_SECONDS if case.fault is SLOW else 30)
    if case.planned:
        environment.workspace.plan(f"-out={PLAN}").ok()
    if case.removed and scenario.gone is not None:
        scenario.gone(environment.sandbox)


def add_faults(environment: Environment, case: Case) -> None:
    for operation, what in case.scenario.preceding:
        environment.sandbox.fault(operation.method, operation.path, times=1, **what)
    if case.fault is REFUSED or case.removed:
        return
    times = FOR_EVER
    if case.once:
        times = 1
    elif case.scenario.polls and case.expected == NOTHING:
        times = RETRIES + 2
    environment.sandbox.fault(case.operation.method, case.operation.path, times=times, **case.fault.request)


def requests_before(environment: Environment, case: Case) -> int:
    """Return the number of requests before the one with the fault, in an apply without the fault."""
    since = len(environment.sandbox.requests())
    for operation, what in case.scenario.preceding:
        environment.sandbox.fault(operation.method, operation.path, times=1, **what)
    environment.act(case.scenario, environment.sandbox.url, planned=case.planned)
    requests = environment.sandbox.requests()[since:]
    return [number for number, each in enumerate(requests) if is_of(case.operation, each)][case.earlier]


def assert_reported(case: Case, result: Result) -> None:
    """Assert that the diagnostics report what happened, in the provider's own words and with advice."""
    errors = [each for each in result.diagnostics if each["severity"] == "error"]
    assert ("Traceback" in result.output, "failed unexpectedly" in result.output) == (False, False), texts(result)
    assert [] == [secret for secret in SECRETS if secret in result.output], "a secret is shown"
    assert [] == [each for each in errors if "\n\n" not in each["detail"]], "an error without advice"
    if case.expected != ACCEPTED:
        assert (case.expected == ERROR) == bool(errors) == bool(result.returncode), texts(result)
    if case.expected in (ERROR, WARNING):
        assert any(mentions(case, f"{each['summary']} {each['detail']}") for each in result.diagnostics), texts(result)
    if case.expected == NOTHING:
        assert [] == [each for each in result.diagnostics if mentions(case, each["detail"])], texts(result)


def mentions(case: Case, text: str) -> bool:
    """Return True if the text contains the request, its failure, and the number of attempts if there were several."""
    if case.scenario.lookup:
        return case.scenario.lookup in text
    if case.renames and case.once:
        return "A credential is stored as" in text
    request = rf"{case.operation.method} \S*{case.operation.path.removesuffix('$')} "
    tried = not case.repeats or f"Tried {1 + RETRIES} times" in text
    return tried and any(word in text for word in case.fault.said) and re.search(request, text) is not None


def assert_sent(case: Case, environment: Environment, result: Result, since: int) -> None:
    """Assert that the request is sent once, or again if that is allowed, and that no other write is repeated."""
    sent_again = [operation for operation, what in case.scenario.preceding if what in SENT_AGAIN]
    assert [] == environment.repeated_writes(since, case.operation, sent_again)
    times = len(environment.sent(case.operation, since)) - case.earlier
    if case.fault is REFUSED:
        assert times == 0
    elif case.scenario.waits and case.fault in (GONE, NO_CODE) and not case.removed:
        assert 1 < times < 20, texts(result)
    elif case.operation.writes or (
        case.expected == ERROR and case.operation.method == "GET" and not case.scenario.polls
    ):
        assert times == case.sends, texts(result)


def assert_one_of_each(case: Case, environment: Environment) -> None:
    """Assert that each configured object exists once and is in state, and that a plan has no changes."""
    state = environment.state()
    configured = re.findall(r'^resource "(\w+)"', case.scenario.after, re.MULTILINE)
    assert sorted(configured) == sorted(state)
    assert [] == environment.tainted()
    assert left(case) == environment.counts()
    held = {
        "atlan_app": ("slug", [app["slug"] for app in live(environment.sandbox)]),
        "atlan_app_schedule": ("trigger_id", list(environment.triggers())),
        "atlan_app_run": ("run_id", [run["run_id"] for app in live(environment.sandbox) for run in app["runs"]]),
        "atlan_credential": ("guid", environment.credentials()),
    }
    for kind, values in state.items():
        name, known = held[kind]
        assert values[name] in known
    assert_own_credential(environment, state.get("atlan_app", {}))
    environment.workspace.plan("-detailed-exitcode").ok()


def assert_own_credential(environment: Environment, app: Mapping[str, Any]) -> None:
    """Assert that the workflow uses the credential in state, that its password is the configured one, and not shown."""
    if app.get("credential_wo_version") is not None:
        (workflow,) = live(environment.sandbox)
        assert used_credential(workflow) == app["credential_guid"]
        assert environment.sandbox.verify(app["credential_guid"], password=PASSWORD)
    stored = (environment.workspace.directory / "terraform.tfstate").read_text()
    assert [] == [secret for secret in SECRETS if secret in stored], "a secret is in state"


def left(case: Case) -> dict[str, int]:
    """Return the final number of each kind. A tainted run is replaced, and a lost run is not counted."""
    lost = case.removed and case.operation is RUN_STATUS and case.verb == "delete"
    runs = case.scenario.left.get("runs", 0) + case.taints - lost
    return {what: number for what, number in {**case.scenario.left, "runs": runs}.items() if number}
