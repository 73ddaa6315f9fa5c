"""Facts that were seen on other paths of the service and are not proven for its app endpoints.

The provider works whether a fact is true or false. Each row of the table is one fact. It has the switch of the sandbox,
or the script of the test, if the fact is true and if it is false, and what an apply does then.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from tests.acceptance.conftest import Start
from tests.support import configurations, named_credentials
from tests.support.named_credentials import credential, names
from tests.support.runs import NOW, run, sent, started, workflow
from tests.support.sandbox import Sandbox
from tests.support.terraform import Result

OTHER_CONNECTOR = {"authType": "basic", "connectorConfigName": "atlan-connectors-bigquery", "name": "shared"}


def outcome(result: Result, *summaries: str) -> str:
    """Return the summary that the output contains. Return ``ok`` if the command succeeded."""
    if not result.returncode:
        return "ok"
    (found,) = [each for each in summaries if each in result.text]
    return found


def stored(sandbox: Sandbox) -> list[str]:
    """Return the names of the stored credentials, with the same text for each suffix."""
    return [re.sub("-[0-9a-f]{16}$", "-SUFFIX", name) for name in names(sandbox)]


def store_a_taken_name(start: Start, switch: dict[str, Any]) -> Any:
    sandbox, workspace = start(credential(), **switch)
    assert sandbox.call("POST", "/api/service/credentials", OTHER_CONNECTOR).status == 200
    return outcome(workspace.apply(), 'The credential name "shared" is taken'), stored(sandbox)


def create_again_after_a_failure(start: Start, switch: dict[str, Any]) -> Any:
    sandbox, workspace = start(named_credentials.app("bigquery prod"), **switch)
    workflow(sandbox)
    workspace.apply().failed('The name "bigquery prod" is taken')
    workspace.write(named_credentials.app("other"))
    return outcome(workspace.apply()), stored(sandbox), workspace.plan_changes()


def wait_for_a_run(start: Start, switch: dict[str, Any]) -> Any:
    sandbox, workspace, _ = started(start, run_seconds=0)
    sandbox.expect_run("Running", switch["ends_as"])
    return outcome(workspace.apply(), f"ended as {switch['ends_as']}"), workspace.tainted()


def submit_with_a_short_retry_timeout(start: Start, switch: dict[str, Any]) -> Any:
    sandbox, workspace, slug = started(start, run_seconds=0, **switch)
    workspace.write(f'provider "atlan" {{\n  retry_timeout = 0\n}}\n{run(slug)}')
    return outcome(workspace.apply()), sent(sandbox, "POST", "/submit"), workspace.values(NOW)["status"]


def submit_beside_an_active_run(start: Start, switch: dict[str, Any]) -> Any:
    sandbox, workspace, slug = started(start, run_seconds=6, index_lag_seconds=600, **switch)
    sandbox.call("POST", f"/api/service/v1/app/{slug}/submit")
    summaries = (f"A run of {slug} is active already", f"The service failed to start a run of {slug}", "as Skipped")
    found = outcome(workspace.apply(), *summaries)
    return found.replace(slug, "SLUG"), sent(sandbox, "POST", "/submit")


def create_with_a_schedule(start: Start, switch: dict[str, Any]) -> Any:
    sandbox, workspace = start(configurations.app() + configurations.schedule(), **switch)
    result = workspace.apply()
    return outcome(result), "Warning" in result.output, sent(sandbox, "POST", "/app"), workspace.plan_changes()


def plan_while_reads_fail(start: Start, switch: dict[str, Any]) -> Any:
    sandbox, workspace = start(configurations.app())
    workspace.apply().ok()
    body = {"code": 500, "message": "not now", **switch}
    sandbox.fault("GET", "/v1/app", times=1, status=500, body=body)
    return outcome(workspace.plan(), "not now")


def store_an_unknown_connector(start: Start, switch: dict[str, Any]) -> Any:
    sandbox, workspace = start(credential(config_name="my-own"), **switch)
    return outcome(workspace.apply(), "The service could not store the credential"), stored(sandbox)


class Fact(NamedTuple):
    """One fact: the switch if it is true and if it is false, a scenario, and the result of the scenario for both."""

    name: str
    true: dict[str, Any]
    false: dict[str, Any]
    scenario: Callable[[Start, dict[str, Any]], Any]
    expected_if_true: Any
    expected_if_false: Any


FACTS = (
    Fact(
        "names of credentials are unique",
        {"unique_credential_names": True},
        {"unique_credential_names": False},
        store_a_taken_name,
        ('The credential name "shared" is taken', ["shared"]),
        ("ok", ["shared", "shared"]),
    ),
    Fact(
        "a create that fails leaves its credential",
        {"keep_failed_credentials": True},
        {"keep_failed_credentials": False},
        create_again_after_a_failure,
        ("ok", ["shared", "shared-SUFFIX"], {}),
        ("ok", ["shared"], {}),
    ),
    Fact(
        "a run can end as Error",
        {"ends_as": "Error"},
        {"ends_as": "Failed"},
        wait_for_a_run,
        ("ended as Error", [NOW]),
        ("ended as Failed", [NOW]),
    ),
    Fact(
        "a run can end as Cancelled",
        {"ends_as": "Cancelled"},
        {"ends_as": "Stopped"},
        wait_for_a_run,
        ("ended as Cancelled", [NOW]),
        ("ended as Stopped", [NOW]),
    ),
    Fact(
        "a submit takes long",
        {"submit_seconds": 2},
        {"submit_seconds": 0},
        submit_with_a_short_retry_timeout,
        ("ok", 1, "Succeeded"),
        ("ok", 1, "Succeeded"),
    ),
    Fact(
        "the error of a second submit has the code AE-WF-409-03",
        {"second_submit": "coded-error"},
        {"second_submit": "error"},
        submit_beside_an_active_run,
        ("A run of SLUG is active already", 2),
        ("The service failed to start a run of SLUG", 2),
    ),
    Fact(
        "a second submit makes a run that is skipped",
        {"second_submit": "skipped"},
        {"second_submit": "error"},
        submit_beside_an_active_run,
        ("as Skipped", 2),
        ("The service failed to start a run of SLUG", 2),
    ),
    Fact(
        "a cold app answers 500",
        {"cold_app_requests": 2},
        {"cold_app_requests": 0},
        create_with_a_schedule,
        ("ok", False, 1, {}),
        ("ok", False, 1, {}),
    ),
    Fact(
        "the body of a 5xx has retryable and retry_after",
        {"retryable": True, "retry_after": 0.1},
        {},
        plan_while_reads_fail,
        "ok",
        "not now",
    ),
    Fact(
        "an unknown connectorConfigName is refused",
        {"registered_connectors": True},
        {"registered_connectors": False},
        store_an_unknown_connector,
        ("The service could not store the credential", []),
        ("ok", ["shared"]),
    ),
    Fact(
        "a new slug answers 404 for some seconds",
        {"fresh_slug_seconds": 2},
        {"fresh_slug_seconds": 0},
        create_with_a_schedule,
        ("ok", False, 1, {}),
        ("ok", False, 1, {}),
    ),
)


@pytest.mark.parametrize("is_true", [True, False], ids=["true", "false"])
@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_the_provider_works_whether_the_fact_is_true_or_false(start: Start, fact: Fact, is_true: bool) -> None:
    """The result of the scenario is that of the table."""
    switch, expected = (fact.true, fact.expected_if_true) if is_true else (fact.false, fact.expected_if_false)
    assert expected == fact.scenario(start, switch)
