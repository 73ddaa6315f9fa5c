"""A plan that creates a connection warns about a connection of the tenant with the same name and connector."""

import re
from typing import Any

import pytest

from tests.acceptance.conftest import Start
from tests.support.connections import NEW, REFERENCE, SHARED, app, make_connection
from tests.support.sandbox import Sandbox
from tests.support.setup_answers import ANSWERS, MISSING
from tests.support.terraform import Result
from tests.support.ui import archive, create, live

WARNING = "The tenant has a bigquery connection with this name"
FAILED = "Existing connections were not searched"
NO_RETRIES = 'provider "atlan" {\n  max_retries     = 0\n  request_timeout = 1\n}\n'
NO_CHECKS = 'provider "atlan" {\n  validate_inputs = false\n}\n'
COMPOSED, DECOMPOSED = "r\u00e9gion", "re\u0301gion"


def searches(sandbox: Sandbox) -> list[int]:
    """Return the statuses of the index searches."""
    return [each["status"] for each in sandbox.requests() if each["path"].endswith("/indexsearch")]


def run(sandbox: Sandbox) -> str:
    """Run the only workflow, so that its connection exists. Return the connection's qualified name."""
    (stored,) = live(sandbox)
    assert 200 == sandbox.call("POST", f"/api/service/v1/app/{stored['slug']}/submit", {}).status
    qualified_name: str = stored["inputs"]["connection"]["attributes"]["qualifiedName"]
    return qualified_name


def warnings(result: Result, summary: str = WARNING) -> list[str]:
    """Return the details of the warnings with this summary."""
    found = [each for each in result.diagnostics if each["summary"] == summary]
    assert {"warning"} >= {each["severity"] for each in found}
    return [each["detail"] for each in found]


def test_a_plan_names_the_connection_that_would_exist_twice(start: Start) -> None:
    """The advised line makes the warning go away, and the workflow uses the existing connection."""
    sandbox, workspace = start(app(NEW))
    make_connection(sandbox)
    result = workspace.plan("-json").ok()
    (detail,) = warnings(result)
    assert f"{SHARED} exists" in detail
    (line,) = re.findall(r"asset_connection = (\{.+?\})", detail)
    assert REFERENCE == line
    (found,) = [each for each in result.diagnostics if each["summary"] == WARNING]
    assert 'asset_connection = { name = "analytics"' in found["snippet"]["code"]
    workspace.write(app(line))
    assert [] == warnings(workspace.apply("-json").ok())
    assert [SHARED] == [each["inputs"]["connection"]["attributes"]["qualifiedName"] for each in live(sandbox)]
    assert {} == workspace.plan_changes()


def test_a_connection_that_gets_the_name_of_the_workflow_is_compared_by_it(start: Start) -> None:
    """Names are equal if their normal forms are, and case matters."""
    sandbox, workspace = start(app('{ admin_users = ["admin"] }').replace('"it"\n', f'"{COMPOSED}"\n'))
    make_connection(sandbox, name=COMPOSED.upper())
    assert [] == warnings(workspace.plan("-json").ok())
    make_connection(sandbox, name=DECOMPOSED)
    assert 1 == len(warnings(workspace.plan("-json").ok()))


def test_a_lost_state_is_noticed(start: Start) -> None:
    """The connection of an archived workflow is named once: by the refresh, or without a state by the plan."""
    sandbox, workspace = start(app(NEW), run_seconds=0)
    workspace.apply().ok()
    own = run(sandbox)
    assert 200 == sandbox.call("DELETE", f"/api/service/v1/app/{live(sandbox)[0]['slug']}").status
    workspace.age()
    named = [each["summary"] for each in workspace.plan("-json").ok().diagnostics if own in each["detail"]]
    assert [True] == ["was archived outside Terraform" in each for each in named]
    workspace.state("rm", "atlan_app.it").ok()
    (detail,) = warnings(workspace.plan("-json").ok())
    assert own in detail


def test_a_null_connection_in_inputs_hides_no_connection(start: Start) -> None:
    """State contains the connection of an adopted workflow, so the refresh names it."""
    adopting = app("null", more="adopt_existing = true\n  inputs = { connection = null, hidden_datasets = true }")
    sandbox, workspace = start(adopting, run_seconds=0)
    slug = create(sandbox, "it")
    own = run(sandbox)
    workspace.apply().ok()
    assert own == workspace.values("atlan_app.it")["asset_connection"]["qualified_name"]
    workspace.age()
    archive(sandbox, slug)
    (detail,) = warnings(workspace.plan("-json").ok(), f"{slug} was archived outside Terraform")
    assert own in detail


def details(result: Result, summary: str) -> list[str]:
    """Return the details of the diagnostics whose summary contains a text."""
    return [each["detail"] for each in result.diagnostics if summary in each["summary"]]


def test_a_connection_that_no_run_has_created_is_not_advised(start: Start) -> None:
    """The line with its qualified name would fail. A plan that leaves the workflow sends no request for it."""
    sandbox, workspace = start(app(NEW))
    workspace.apply().ok()
    own = live(sandbox)[0]["inputs"]["connection"]["attributes"]["qualifiedName"]
    (detail,) = details(workspace.plan("-json", "-destroy").ok(), "Destroying")
    assert f"If a run has created the connection {own}, " in detail
    workspace.write(app(NEW).replace('"it"\n', '"other"\n'))
    (detail,) = details(workspace.plan("-json").ok(), "Replacing")
    assert f"If a run has created the connection {own}, " in detail
    workspace.write(app(NEW))
    workspace.age()
    archive(sandbox, live(sandbox)[0]["slug"])
    (detail,) = details(workspace.plan("-json").ok(), "was archived outside Terraform")
    assert (True, False) == (f"{own} does not exist" in detail, "write qualified_name" in detail)
    sandbox.make_connection(own, "analytics")
    (detail,) = details(workspace.plan("-json").ok(), "was archived outside Terraform")
    assert f'write qualified_name = "{own}"' in detail
    archived = {"attributes": {"qualifiedName": own, "name": "analytics"}, "status": "DELETED"}
    assert 200 == sandbox.call("POST", "/_sandbox/connections", archived).status
    (detail,) = details(workspace.plan("-json").ok(), "was archived outside Terraform")
    assert (True, False) == (f"{own} is archived" in detail, "write qualified_name" in detail)


def test_the_raw_connection_of_an_archived_workflow_is_not_named(start: Start) -> None:
    """The configuration contains it, so a new workflow uses it again. Its name may come from a sensitive variable."""
    name = f'variable "name" {{\n  sensitive = true\n  default = "{SHARED}"\n}}\n'
    attributes = '{ qualifiedName = var.name, connectorName = "bigquery", name = "analytics", adminUsers = ["admin"] }'
    raw = f'inputs = {{ connection = {{ typeName = "Connection", attributes = {attributes} }} }}'
    sandbox, workspace = start(name + app("").replace("asset_connection = ", raw))
    workspace.apply().ok()
    workspace.age()
    archive(sandbox, live(sandbox)[0]["slug"])
    result = workspace.plan().ok()
    assert "will be created" in result.text
    assert SHARED not in result.output
    assert "was archived outside Terraform" not in result.text


def test_a_create_that_may_adopt_warns(start: Start) -> None:
    """The name of the workflow is not known yet, and that of the connection is."""
    name = 'resource "terraform_data" "name" { input = "it" }\n'
    adopting = app(NEW, more="adopt_existing = true").replace('"it"\n', "terraform_data.name.output\n")
    sandbox, workspace = start(name + adopting)
    make_connection(sandbox)
    (detail,) = warnings(workspace.plan("-json").ok())
    assert "If the apply adopts no workflow, it creates another bigquery connection" in detail
    assert SHARED in detail


def test_an_update_to_a_connection_of_its_own_warns(start: Start) -> None:
    """The workflow referenced another connection until now."""
    sandbox, workspace = start(app(REFERENCE))
    make_connection(sandbox)
    workspace.apply().ok()
    sandbox.make_connection("default/bigquery/1700000001", "own", adminUsers=["admin"])
    workspace.write(app('{ name = "own", admin_users = ["admin"] }'))
    assert 1 == len(warnings(workspace.plan("-json").ok()))


def test_a_replacement_warns_about_the_other_connections(start: Start) -> None:
    """The plan names the connection of the workflow that it archives only once. A taint has no other warning."""
    sandbox, workspace = start(app(NEW), run_seconds=0)
    workspace.apply().ok()
    own = run(sandbox)
    workspace.write(app(NEW).replace('"it"\n', '"other"\n'))
    result = workspace.plan("-json").ok()
    assert 1 == len([each for each in result.diagnostics if own in each["detail"]])
    make_connection(sandbox)
    (detail,) = warnings(workspace.plan("-json").ok())
    assert (True, False) == (SHARED in detail, own in detail)
    workspace.write(app(NEW))
    workspace.run("taint", "atlan_app.it").ok()
    (detail,) = warnings(workspace.plan("-json").ok())
    assert (True, True) == (SHARED in detail, own in detail)


@pytest.mark.parametrize(
    ("configuration", "changes"),
    [
        pytest.param(app(NEW), {"name": "other"}, id="another name"),
        pytest.param(
            app(NEW),
            {"qualifiedName": "default/snowflake/1", "connectorName": "snowflake"},
            id="another connector",
        ),
        pytest.param(app(REFERENCE), {}, id="a reference"),
        pytest.param(NO_CHECKS + app(NEW), {}, id="no checks"),
        pytest.param(
            'resource "terraform_data" "name" { input = "analytics" }\n'
            + app('{ name = terraform_data.name.output, admin_users = ["admin"] }'),
            {},
            id="a name that is not known",
        ),
    ],
)
def test_another_plan_does_not_warn(start: Start, configuration: str, changes: dict[str, Any]) -> None:
    """Only a new connection with the name and connector of an existing one is a second one."""
    sandbox, workspace = start(configuration)
    make_connection(sandbox, **changes)
    assert [] == warnings(workspace.plan("-json").ok())
    assert bool(changes) == bool(searches(sandbox))


def test_an_archived_connection_is_not_named(start: Start) -> None:
    """A new connection is right then."""
    sandbox, workspace = start(app(NEW))
    make_connection(sandbox)
    archived = {"attributes": {"qualifiedName": SHARED, "name": "analytics"}, "status": "DELETED"}
    assert 200 == sandbox.call("POST", "/_sandbox/connections", archived).status
    assert [] == warnings(workspace.plan("-json").ok())
    assert [200] == searches(sandbox)


def test_all_creates_of_a_plan_send_one_search(start: Start) -> None:
    """A plan without a create sends none."""
    sandbox, workspace = start("".join(app(NEW, f"app_{number}") for number in range(12)))
    make_connection(sandbox)
    assert 12 == len(warnings(workspace.plan("-json", "-parallelism=12").ok()))
    assert [200] == searches(sandbox)
    workspace.apply().ok()
    sent = len(searches(sandbox))
    assert {} == workspace.plan_changes()
    workspace.destroy().ok()
    assert sent == len(searches(sandbox))


def test_many_connections_of_the_name_are_shortened(start: Start) -> None:
    """The warning names the first ones, and the number of the others."""
    sandbox, workspace = start(app(NEW))
    for number in range(1, 6):
        make_connection(sandbox, qualifiedName=f"default/bigquery/{number}")
    (detail,) = warnings(workspace.plan("-json").ok())
    assert "default/bigquery/1, default/bigquery/2, default/bigquery/3 and 2 others exist" in detail


@pytest.mark.parametrize("answer", MISSING)
def test_a_failed_search_is_one_warning(start: Start, answer: str) -> None:
    """The plan and the apply succeed."""
    sandbox, workspace = start(NO_RETRIES + app(NEW) + app(NEW, "other"))
    sandbox.fault("POST", "/indexsearch$", times=1000, **MISSING[answer])
    assert 1 == len(warnings(workspace.plan("-json", "-out=it.tfplan").ok(), FAILED))
    workspace.apply("it.tfplan").ok()
    assert 2 == len(live(sandbox))


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_wrong_setup_is_one_error(start: Start, answer: str) -> None:
    """The apply cannot succeed."""
    what, expected = ANSWERS[answer]
    sandbox, workspace = start(NO_RETRIES + app(NEW) + app(NEW, "other"))
    sandbox.fault("POST", "/indexsearch$", times=1000, **what)
    assert [expected] == [each["summary"] for each in workspace.plan("-json").failed().errors]
