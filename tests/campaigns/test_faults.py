"""Every request of every Terraform operation, with every fault: reported, not repeated, repaired by one apply.

The full form has the route of `--through` (direct without it). The short form without `--through` draws cases on each
route. Open and closed contracts take turns, unless `--contracts` chooses one form.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from tests.support.campaigns.fault_blocks import FORMER_PASSWORD, PASSWORD
from tests.support.campaigns.fault_cases import ACCEPTED, ERROR, NOTHING, WARNING, Case, cases
from tests.support.campaigns.fault_environment import PLAN, RETRIES, Environment, Tenant, is_of, texts, used_credential
from tests.support.campaigns.fault_operations import RUN_STATUS
from tests.support.campaigns.fault_routes import Through
from tests.support.campaigns.fault_scenarios import NO_ENTRYPOINT
from tests.support.campaigns.faults import (
    FOR_EVER,
    GONE,
    NAME_TAKEN,
    NO_CODE,
    OF_A_GATEWAY,
    OF_THE_SETUP,
    REFUSED,
    REQUEST_SECONDS,
    SLOW,
)
from tests.support.campaigns.figures import Figures, drawn
from tests.support.sandbox import API_KEY
from tests.support.terraform import Attach, Result
from tests.support.ui import live

SECONDS = 30
"""The longest wait for an answer that is not slow."""
SHORT: dict[Through, int] = {"direct": 40, "connect": 15, "intercept": 15}
"""The numbers of cases in the short form. Those through a proxy are about writes without an answer of the tenant."""
SECRETS = (PASSWORD, FORMER_PASSWORD, API_KEY)
SENT_AGAIN = (NO_ENTRYPOINT, NAME_TAKEN.request)
"""After these faults, the request is sent again with another value."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    config = metafunc.config
    chosen = config.getoption("through")
    everywhere = chosen is None and not config.getoption("full")
    routes = SHORT if everywhere else {chosen or "direct": SHORT["direct"]}
    of_all = []
    for through, short in routes.items():
        of_route = cases(through, config.getoption("contracts"))
        if everywhere and through != "direct":
            of_route = [case for case in of_route if case.loses_write]
        of_all += drawn(config, of_route, short)
    metafunc.parametrize("case", of_all, ids=[str(each).replace(", ", "/").replace(" ", "-") for each in of_all])


@pytest.fixture(scope="module")
def environments(tmp_path_factory: pytest.TempPathFactory, attach: Attach) -> Iterator[Callable[[Tenant], Environment]]:
    """The workspaces of this module, one for each kind of tenant on the route of the current case."""
    made: dict[Tenant, Environment] = {}

    def environment(tenant: Tenant) -> Environment:
        for other in [each for each in made if each.through != tenant.through]:
            made.pop(other).close()
        if tenant not in made:
            made[tenant] = Environment(tmp_path_factory.mktemp("tenant"), attach, tenant)
        return made[tenant]

    yield environment
    for each in made.values():
        each.close()


def test_a_fault_is_reported_and_one_apply_repairs_it(
    case: Case, environments: Callable[[Tenant], Environment], figures: Figures
) -> None:
    """The fault is reported, no write is repeated without need, and one apply leads to the configured state."""
    environment = environments(case.tenant)
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
    figures.count(f"fault cases, {case.tenant.through}, {case.tenant.contracts} contracts", 1)
    figures.count("requests that met a fault, and what followed them", requests)
    figures.count("requests that were sent again", max(0, again))


def apply_with_fault(environment: Environment, case: Case) -> tuple[Result, int]:
    """Apply with the fault. Return the result, and the number of requests before the apply."""
    prepare(environment, case)
    allowed = 0
    if case.fault is REFUSED:
        allowed = requests_before(environment, case)
        prepare(environment, case)
    since = len(environment.sandbox.requests())
    add_faults(environment, case)
    route = environment.route
    with route.refusing(allowed) if case.fault is REFUSED else route.answering_within(most_seconds(case)) as variables:
        return environment.act(variables, planned=case.planned), since


def most_seconds(case: Case) -> float:
    """Return how long the provider, or a proxy that inspects, waits for an answer."""
    return REQUEST_SECONDS if case.fault is SLOW else SECONDS


def prepare(environment: Environment, case: Case) -> None:
    scenario = case.scenario
    environment.set_up(scenario)
    environment.write(scenario, scenario.after, SECONDS if case.tenant.through == "intercept" else most_seconds(case))
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
    environment.act(environment.route.variables, planned=case.planned)
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
    # A 404 of a gateway can mean that the tenant does not have this request.
    if case.scenario.lookup and (case.fault is OF_A_GATEWAY or case.fault not in OF_THE_SETUP):
        return case.scenario.lookup in text
    if case.renames and case.once:
        return "A credential is stored as" in text
    request = rf"{case.operation.method} \S*{case.operation.path.removesuffix('$')} "
    tried = not case.repeats or f"Tried {1 + RETRIES} times" in text
    return tried and any(word in text for word in case.seen.said) and re.search(request, text) is not None


def assert_sent(case: Case, environment: Environment, result: Result, since: int) -> None:
    """Assert that the request is sent once, or again if that is allowed, and that no other write is repeated."""
    sent_again = [operation for operation, what in case.scenario.preceding if what in SENT_AGAIN]
    assert [] == environment.repeated_writes(since, case.operation, sent_again)
    times = len(environment.sent(case.operation, since)) - case.earlier
    if case.fault is REFUSED:
        assert times == 0
        if case.operation.writes and case.tenant.through == "intercept":  # it arrived at the proxy
            assert environment.passed(case.operation) - case.earlier == case.sends, texts(result)
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
