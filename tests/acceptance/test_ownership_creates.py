"""An object that an apply has created has one owner at once: before it is read, and after a lost answer."""

from typing import Any

import pytest

from tests.acceptance.conftest import Start
from tests.support.adoption import CREATE_FIRST, NAME, adopting, slugs
from tests.support.configurations import ENTRYPOINT, app, schedule
from tests.support.credential_settings import ADDRESS, VARIABLE, credential, stores
from tests.support.runs import NOW, run, sent, started
from tests.support.schedules import TWICE, attached, in_state, trigger_ids
from tests.support.secret_search import CANARY
from tests.support.ui import create, wait_until_older


@pytest.mark.parametrize("both_adopt", [True, False])
def test_a_create_does_not_adopt_what_the_same_apply_has_created(start: Start, both_adopt: bool) -> None:
    """The plan does not know the name, and the apply creates the workflow at the other address first."""
    first, second = (adopting(label).replace('"bigquery prod"', "terraform_data.name.output") for label in "ab")
    if not both_adopt:
        first = first.replace("adopt_existing   = true", "")
    second = second.rstrip().removesuffix("}") + "depends_on = [atlan_app.a]\n}\n"
    sandbox, workspace = start(first + second + NAME)
    workspace.apply().failed("is already managed by this configuration")
    assert [workspace.values("atlan_app.a")["slug"]] == slugs(sandbox)
    assert "atlan_app.b" not in workspace.resources()


def test_a_second_address_does_not_archive_the_workflow_of_the_first(start: Start) -> None:
    """Without a refresh, only the create and the import have written private state."""
    sandbox, workspace = start(app("a"))
    workspace.apply().ok()
    (slug,) = slugs(sandbox)
    workspace.write(app("a") + app("b"))
    workspace.import_("atlan_app.b", slug).ok()
    workspace.write(app("a"))
    workspace.apply("-refresh=false").failed(f"{TWICE} {slug}")
    assert [slug] == slugs(sandbox)


def test_a_second_address_does_not_remove_the_trigger_of_the_first(start: Start) -> None:
    """A schedule is like a workflow."""
    sandbox, workspace, slug = attached(start, schedule("a"))
    (trigger_id,) = in_state(workspace, "a")
    workspace.write(app() + schedule("a") + schedule("b"))
    workspace.import_("atlan_app_schedule.b", f"{slug}/{trigger_id}").ok()
    workspace.write(app() + schedule("a"))
    workspace.apply("-refresh=false").failed(f"{TWICE} {trigger_id}")
    assert {trigger_id} == trigger_ids(sandbox)


def test_a_second_address_does_not_archive_the_credential_of_the_first(start: Start) -> None:
    """A destroy of both archives it."""
    first = credential()
    second = first.replace(VARIABLE, "").replace('"it"', '"other"')
    sandbox, workspace = start(first, launch=True)
    workspace.env["TF_VAR_secret"] = CANARY
    workspace.apply().ok()
    guid = workspace.values(ADDRESS)["guid"]
    workspace.write(first + second)
    workspace.import_("atlan_credential.other", guid).ok()
    workspace.write(first)
    workspace.apply("-refresh=false").failed(f"{TWICE} {guid}")
    assert stores(sandbox, guid, CANARY)
    workspace.destroy("-refresh=false").ok()
    assert 404 == sandbox.call("GET", f"/api/service/credentials/{guid}").status


def test_a_second_address_does_not_cancel_the_run_of_the_first(start: Start) -> None:
    """A run is like a credential."""
    sandbox, workspace, slug = started(start, "wait_for_completion = false", run_seconds=3600)
    workspace.apply().ok()
    run_id = workspace.values(NOW)["run_id"]
    both = run(slug, "wait_for_completion = false") + run(slug, "wait_for_completion = false", "other")
    workspace.write(both)
    workspace.import_("atlan_app_run.other", run_id).ok()
    workspace.write(run(slug, "wait_for_completion = false"))
    workspace.apply("-refresh=false").failed(f"{TWICE} {run_id}")
    assert 0 == sent(sandbox, "POST", "/cancel")


REFERENCING = """
resource "atlan_app" "crawler" {
  app_id           = "bigquery-crawler"
  entrypoint       = "crawler"
  name             = "bigquery prod"
  inputs           = { include_filter = jsonencode({ "^project$" = [] }) }
  asset_connection = { qualified_name = "default/bigquery/1700000000" }
  lifecycle { create_before_destroy = true }
}
"""
NO_ANSWER: list[dict[str, Any]] = [{"drop": "before"}, {"status": 502, "body": {"message": "bad gateway"}}]
UNPROVEN = "it is not known who created it"


@pytest.mark.parametrize("fault", NO_ANSWER, ids=["no answer", "502"])
@pytest.mark.parametrize("configuration", [app(more=f"{ENTRYPOINT}\n  {CREATE_FIRST}"), REFERENCING])
@pytest.mark.parametrize("tainted", [True, False])
def test_a_replacement_does_not_find_its_predecessor_after_a_lost_answer(
    start: Start, configuration: str, fault: dict[str, Any], tainted: bool
) -> None:
    """The create did not arrive, and the workflow with its name and inputs is the one that it replaces."""
    sandbox, workspace = start("")
    sandbox.make_connection("default/bigquery/1700000000", "analytics", adminUsers=["admin"])
    workspace.write(configuration)
    workspace.apply().ok()
    before = slugs(sandbox)
    wait_until_older(sandbox)
    sandbox.fault(method="POST", path="/v1/app$", times=1, **fault)
    if tainted:
        workspace.run("taint", "atlan_app.crawler").ok()
    workspace.apply(*([] if tainted else ["-replace=atlan_app.crawler"])).failed(UNPROVEN)
    assert before == slugs(sandbox) == [workspace.values("atlan_app.crawler")["slug"]]


@pytest.mark.parametrize("configuration", [app("renamed"), app("crawler") + app("other")], ids=["renamed", "two"])
def test_a_create_does_not_find_the_workflow_of_another_address_after_a_lost_answer(
    start: Start, configuration: str
) -> None:
    """The other address has the workflow, or loses it in the same apply."""
    sandbox, workspace = start(app())
    workspace.apply().ok()
    wait_until_older(sandbox)
    workspace.write(configuration)
    sandbox.fault(method="POST", path="/v1/app$", times=1, drop="before")
    sandbox.fault(method="DELETE", path="/v1/app", times=1, delay_ms=1000)
    workspace.apply().failed()
    assert {"atlan_app.crawler"} >= set(workspace.resources())
    assert slugs(sandbox) == [each["values"]["slug"] for each in workspace.resources().values()]


def test_a_create_does_not_find_the_workflow_of_somebody_else_after_a_lost_answer(start: Start) -> None:
    """Its inputs are equal. The error contains its import block."""
    sandbox, workspace = start(app())
    slug = create(sandbox, "bigquery prod")
    wait_until_older(sandbox)
    sandbox.fault(method="POST", path="/v1/app$", times=1, status=503, body={"message": "no"})
    workspace.apply().failed(UNPROVEN, f'id = "{slug}"')
    assert {} == workspace.resources()


def test_a_create_finds_its_workflow_after_a_lost_answer(start: Start) -> None:
    """The version is as new as the request, although another workflow could have these inputs."""
    sandbox, workspace = start(app())
    sandbox.fault(method="POST", path="/v1/app$", times=1, drop="after")
    assert "was found after a lost answer" in workspace.apply().ok().text
    assert slugs(sandbox) == [workspace.values("atlan_app.crawler")["slug"]]
