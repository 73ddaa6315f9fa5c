"""``atlan_app`` through its life: create, plan, change, drift, removal, import."""

import json
from typing import Any

import pytest

from tests.acceptance.configurations import CONNECTION, ENTRYPOINT, app, schedule
from tests.acceptance.conftest import Start
from tests.acceptance.ui import archive, live, publish, wait_for_workflows
from tests.support.terraform import PROVIDER, Workspace


def test_a_created_app_is_never_run_and_has_every_attribute(start: Start) -> None:
    """State holds the slug, the version and the owner; the service ran nothing."""
    sandbox, workspace = start(app())
    workspace.apply().ok()
    stored = live(sandbox)[0]
    values = workspace.values("atlan_app.crawler")
    assert [] == stored["runs"]
    assert (stored["slug"], stored["slug"], stored["version"], stored["owner"], "native") == (
        values["id"],
        values["slug"],
        values["version"],
        values["owner"],
        values["execution_mode"],
    )


def test_values_of_every_kind_come_back_as_they_were_given(start: Start) -> None:
    """Numbers of any size, nulls, empty objects, nested lists and any alphabet: kept, and the plan is quiet."""
    odd = """
    resource "atlan_app" "odd" {
      app_id     = "bigquery-crawler"
      entrypoint = "crawler"
      name       = "odd"
      inputs = {
        connection = {
          typeName = "Connection"
          attributes = {
            qualifiedName = "default/bigquery/1"
            connectorName = "bigquery"
            name          = "größe 数据 🚀"
            adminUsers    = tolist(["a", "b"])
            labels        = tomap({ a = "1" })
            fraction      = 0.1
            third         = 1 / 3
            large         = 1180591620717411303424
            negative      = -9223372036854775809
            nothing       = null
            empty         = {}
            empty_list    = []
            nested        = [[1, [2, "three", { four = [] }]], null, true]
            "ключ-é"      = "\\u0001\\n\\t\\"$${x}%%{y}"
          }
        }
        include_filter  = {}
        exclude_filter  = jsonencode({ "^a$" = ["^b$"] })
        control_config  = { retries = 3, ratio = 0.1 }
        hidden_datasets = false
        agent_json      = null
      }
    }
    output "inputs" { value = atlan_app.odd.inputs }
    """
    _, workspace = start(odd)
    workspace.apply().ok()
    assert {} == workspace.plan_changes()
    attributes = workspace.outputs()["inputs"]["connection"]["attributes"]
    assert 1180591620717411303424 == attributes["large"]
    assert 0.1 == attributes["fraction"]
    assert "größe 数据 🚀" == attributes["name"]
    assert attributes["nothing"] is None


def test_eight_megabytes_of_inputs_are_kept(start: Start) -> None:
    """No message is too large in either direction."""
    large = json.dumps({"filler": "0123456789abcdef" * 2**19})
    sandbox, workspace = start(app(control_config=large))
    workspace.apply().ok()
    assert {} == workspace.plan_changes()
    assert json.loads(large) == _parsed(live(sandbox)[0]["inputs"]["control_config"])


def _parsed(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def test_inputs_of_another_resources_unknown_value_plan_and_apply(start: Start) -> None:
    """Unknown inside an object, in JSON text made of one, and as the whole of the inputs."""
    sandbox, workspace = start(
        """
        resource "terraform_data" "name" { input = "analytics" }
        resource "terraform_data" "inputs" {
          input = {
            connection = {
              typeName   = "Connection"
              attributes = { qualifiedName = "default/bigquery/2", name = "b", adminUsers = ["a"] }
            }
          }
        }
        resource "atlan_app" "leaf" {
          app_id = "bigquery-crawler"
          name   = "leaf"
          inputs = {
            connection = {
              typeName   = "Connection"
              attributes = {
                qualifiedName = "default/bigquery/1"
                name          = terraform_data.name.output
                adminUsers    = ["a"]
              }
            }
            include_filter = jsonencode({ "^${terraform_data.name.output}$" = [] })
          }
        }
        resource "atlan_app" "whole" {
          app_id = "bigquery-crawler"
          name   = "whole"
          inputs = terraform_data.inputs.output
        }
        """
    )
    workspace.apply().ok()
    assert {} == workspace.plan_changes()
    stored = {each["name"]: _parsed(each["inputs"]["connection"])["attributes"]["name"] for each in live(sandbox)}
    assert {"leaf": "analytics", "whole": "b"} == stored


def test_a_change_of_one_key_is_one_put_and_keeps_what_the_ui_set(start: Start) -> None:
    """A full replace loses nothing that nobody here manages, and a key that left the configuration goes."""
    sandbox, workspace = start(app(hidden_datasets=False, temp_table_regex="a"))
    workspace.apply().ok()
    slug = live(sandbox)[0]["slug"]
    publish(sandbox, slug, filter_sharded_tables=False)
    workspace.write(app(hidden_datasets=True))
    assert {"atlan_app.crawler": ["update"]} == workspace.plan_changes()
    workspace.apply().ok()
    stored = live(sandbox)[0]["inputs"]
    assert (True, False) == (stored["hidden_datasets"], stored["filter_sharded_tables"])
    assert "temp_table_regex" not in stored
    assert {} == workspace.plan_changes()


def test_an_edit_in_the_ui_is_a_change_of_that_key_alone(start: Start) -> None:
    """Drift is shown where it happened; what nobody configured is not."""
    sandbox, workspace = start(app(hidden_datasets=False, include_filter={"^a$": []}))
    workspace.apply().ok()
    publish(sandbox, live(sandbox)[0]["slug"], hidden_datasets=True, filter_sharded_tables=False)
    change = next(each["change"] for each in workspace.plan_json()["resource_changes"])
    assert ["update"] == change["actions"]
    before, after = change["before"]["inputs"], change["after"]["inputs"]
    assert {"hidden_datasets"} == {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def test_a_change_of_timeouts_publishes_nothing(start: Start) -> None:
    """How long an operation may take is no part of the workflow."""
    sandbox, workspace = start(app())
    workspace.apply().ok()
    version = live(sandbox)[0]["version"]
    workspace.write(app(more=f'{ENTRYPOINT}\n  timeouts = {{ create = "5m" }}'))
    workspace.apply().ok()
    assert version == live(sandbox)[0]["version"]
    assert {} == workspace.plan_changes()


def test_a_change_of_name_replaces_the_workflow(start: Start) -> None:
    """The service has no rename."""
    sandbox, workspace = start(app())
    workspace.apply().ok()
    workspace.write(app(name="another name"))
    assert {"atlan_app.crawler": ["delete", "create"]} == workspace.plan_changes()
    workspace.apply().ok()
    assert ["another name"] == [each["name"] for each in live(sandbox)]


def test_a_workflow_that_was_archived_elsewhere_is_created_again(start: Start) -> None:
    """Gone is the service's own 404: the next plan creates."""
    sandbox, workspace = start(app())
    workspace.apply().ok()
    first = live(sandbox)[0]["slug"]
    archive(sandbox, first)
    assert {"atlan_app.crawler": ["create"]} == workspace.plan_changes()
    workspace.apply().ok()
    assert [True] == [each["slug"] != first for each in live(sandbox)]


def test_a_workflow_that_is_gone_already_is_destroyed_without_complaint(start: Start) -> None:
    """Its absence is what destroy wanted."""
    sandbox, workspace = start(app())
    workspace.apply().ok()
    archive(sandbox, live(sandbox)[0]["slug"])
    workspace.destroy("-refresh=false").ok()
    assert {} == workspace.resources()


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        pytest.param("<html>not found</html>", {"Content-Type": "text/html"}, id="a gateway's page"),
        pytest.param({"unrelated": True}, {}, id="JSON that is no error"),
        pytest.param("", {}, id="nothing"),
    ],
)
def test_a_404_that_is_not_the_services_own_removes_nothing(start: Start, body: Any, headers: dict[str, str]) -> None:
    """A wrong URL or a gateway must not make Terraform forget a connector."""
    sandbox, workspace = start(app())
    workspace.apply().ok()
    sandbox.fault(method="GET", path="/v1/app/", times=100, status=404, body=body, headers=headers)
    workspace.plan().failed("Error: The answer did not come from the service", "404")
    sandbox.clear_faults()
    assert {} == workspace.plan_changes()
    assert 1 == len(live(sandbox))


def test_a_name_that_is_taken_names_its_slug_and_the_import_block_works(start: Start) -> None:
    """The second create fails; the block it prints, pasted, takes over the first workflow."""
    sandbox, workspace = start(app())
    workspace.apply().ok()
    slug = live(sandbox)[0]["slug"]
    second = Workspace(workspace.directory.parent / "second", sandbox.url, sandbox.api_key)
    second.write(PROVIDER, "versions.tf")
    second.write(app("bigquery_prod"))
    second.init().ok()
    printed = second.apply().failed('The name "bigquery prod" is taken', slug, "import {").output
    block = printed[printed.index("import {") :].replace("│", " ")
    block = block[: block.index("}") + 1]
    second.write(block, "import.tf")
    second.apply().ok()
    assert slug == second.values("atlan_app.bigquery_prod")["slug"]
    assert {} == second.plan_changes()
    assert 1 == len(live(sandbox))


def test_an_entrypoint_that_does_not_exist_is_answered_with_those_that_do(start: Start) -> None:
    """A typo is not silently run as the default entrypoint."""
    sandbox, workspace = start(app(more='entrypoint = "crawlr"'))
    workspace.apply().failed("bigquery-crawler has no entrypoint crawlr", "It has: crawler")
    assert [] == live(sandbox)


def test_a_lost_answer_to_a_create_is_taken_up(start: Start) -> None:
    """The workflow exists, the answer was lost: it is found by name, its inputs are ours, and state has it."""
    sandbox, workspace = start(app())
    sandbox.fault(method="POST", path="/v1/app$", times=1, drop="after")
    assert "was taken up" in workspace.apply().ok().output
    assert live(sandbox)[0]["slug"] == workspace.values("atlan_app.crawler")["slug"]
    assert [] == workspace.tainted()
    assert {} == workspace.plan_changes()


def test_a_lost_answer_whose_look_up_fails_too_says_so(start: Start) -> None:
    """Nothing is claimed that is not known, and the next apply names the slug."""
    sandbox, workspace = start(app())
    sandbox.fault(method="POST", path="/v1/app$", times=1, drop="after")
    sandbox.fault(method="GET", path="/v1/app$", times=1, status=500, body={"message": "not now"})
    workspace.apply().failed('It is not known whether "bigquery prod" was created', "Looking for it failed too.")
    workspace.apply().failed('The name "bigquery prod" is taken', live(sandbox)[0]["slug"])


def test_a_create_that_outlasts_its_timeout_says_so_and_the_next_apply_names_the_slug(start: Start) -> None:
    """What became of it is not known; nothing is doubled, and what the service made is offered for import."""
    sandbox, workspace = start(app(more='timeouts = { create = "1s" }'))
    sandbox.fault(method="POST", path="/v1/app$", times=1, delay_ms=3000)
    workspace.apply().failed('It is not known whether "bigquery prod" was created', "no answer in time")
    wait_for_workflows(sandbox, 1)
    workspace.apply().failed('The name "bigquery prod" is taken', live(sandbox)[0]["slug"])
    assert 1 == len(live(sandbox))


def test_a_failure_after_the_create_taints_nothing(start: Start) -> None:
    """The slug is known: what fails afterwards is a warning, and the next plan is quiet."""
    sandbox, workspace = start(app())
    sandbox.fault(method="GET", path="/v1/app/", times=1, status=500, body={"message": "no owner today"})
    result = workspace.apply().ok()
    assert "Warning: The owner and credential of" in result.output
    assert "no owner today" in " ".join(result.output.split())
    assert [] == workspace.tainted()
    assert {} == workspace.plan_changes()


def test_inputs_that_changed_where_they_are_hidden_are_published_again(start: Start) -> None:
    """Another version is live and cannot be read: a warning, and the configuration is published."""
    sandbox, workspace = start(app(hidden_datasets=True), surface_inputs=False)
    workspace.apply().ok()
    slug = live(sandbox)[0]["slug"]
    publish(sandbox, slug, hidden_datasets=False)
    assert "may have changed" in workspace.plan().ok().output
    workspace.apply().ok()
    assert live(sandbox)[0]["inputs"]["hidden_datasets"] is True
    assert {} == workspace.plan_changes()


IMPORTED = """
import {
  to = atlan_app.taken_over
  id = "%s"
}
"""


@pytest.mark.parametrize("by", ["slug", "name"])
def test_an_import_block_takes_over_a_workflow_and_changes_nothing(start: Start, by: str) -> None:
    """By slug or by name, with the configuration that made it."""
    sandbox, workspace = start(app(more=""))
    workspace.apply().ok()
    stored = live(sandbox)[0]
    workspace.state("rm", "atlan_app.crawler").ok()
    import_id = stored["slug"] if by == "slug" else f"name:{stored['name']}"
    workspace.write(app("taken_over", more="") + IMPORTED % import_id)
    assert {} == workspace.plan_changes()
    workspace.apply().ok()
    assert stored["version"] == workspace.values("atlan_app.taken_over")["version"]
    assert {} == workspace.plan_changes()


def test_an_import_does_not_know_the_entrypoint(start: Start) -> None:
    """The service does not tell it: where it is configured, the first plan sets it and nothing else."""
    sandbox, workspace = start(app())
    workspace.apply().ok()
    workspace.state("rm", "atlan_app.crawler").ok()
    workspace.write(app("taken_over") + IMPORTED % live(sandbox)[0]["slug"])
    change = workspace.plan_json()["resource_changes"][0]["change"]
    differing = {name for name, value in change["before"].items() if change["after"].get(name, value) != value}
    assert (["update"], {"entrypoint"}) == (change["actions"], differing)
    workspace.apply().ok()
    assert {} == workspace.plan_changes()


def test_the_import_command_takes_over_a_workflow(start: Start) -> None:
    """``terraform import`` with a slug."""
    sandbox, workspace = start(app())
    workspace.apply().ok()
    workspace.state("rm", "atlan_app.crawler").ok()
    workspace.import_("atlan_app.crawler", live(sandbox)[0]["slug"]).ok()
    assert live(sandbox)[0]["slug"] == workspace.values("atlan_app.crawler")["slug"]


def test_a_generated_configuration_plans_to_no_changes(start: Start) -> None:
    """App and schedule, written by ``-generate-config-out``: no runtime keys, no defaults, and quiet."""
    configured = app(hidden_datasets=True, include_filter='{"^a$": ["^b$"]}', filter_sharded_tables=True)
    sandbox, workspace = start(configured + schedule(timezone="Europe/Berlin"), surface_schedules=True)
    workspace.apply().ok()
    stored = live(sandbox)[0]
    workspace.write("")
    for address in ("atlan_app.crawler", "atlan_app_schedule.daily"):
        workspace.state("rm", address).ok()
    trigger = f"{stored['slug']}/{stored['schedules'][0]['trigger_id']}"
    workspace.write(
        IMPORTED % stored["slug"] + IMPORTED.replace("atlan_app.", "atlan_app_schedule.") % trigger, "import.tf"
    )
    workspace.plan("-generate-config-out=generated.tf").ok()
    generated = (workspace.directory / "generated.tf").read_text()
    assert [] == [name for name in ("user_id", "workflow_id", "filter_sharded_tables") if name in generated]
    assert {} == workspace.plan_changes()
    workspace.apply().ok()
    assert {} == workspace.plan_changes()
    assert [stored["version"]] == [each["version"] for each in live(sandbox)]


def test_an_import_of_which_the_service_tells_no_app_is_refused(start: Start) -> None:
    """Without an app the next plan would replace a live connector."""
    sandbox, workspace = start(app())
    workspace.apply().ok()
    slug = live(sandbox)[0]["slug"]
    workspace.state("rm", "atlan_app.crawler").ok()
    sandbox.fault(method="GET", path=f"/v1/app/{slug}$", times=1, status=200, body={"slug": slug, "version": 1})
    workspace.import_("atlan_app.crawler", slug).failed(f"{slug} cannot be imported")


@pytest.mark.parametrize(
    ("import_id", "expected"),
    [
        ("no-such-slug", "There is no workflow with the slug no-such-slug"),
        ("not a slug", '"not a slug" is not an import id of atlan_app'),
        ("../../roles", '"../../roles" is not an import id of atlan_app'),
        ("name:nobody", 'There is no workflow named "nobody"'),
    ],
)
def test_an_import_id_that_leads_nowhere_is_told_so(start: Start, import_id: str, expected: str) -> None:
    """The form of an id, and what was not found."""
    _, workspace = start(app())
    workspace.import_("atlan_app.crawler", import_id).failed(expected)


def test_connection_attributes_of_the_service_survive_an_update(start: Start) -> None:
    """What the service keeps on the connection and nobody configured goes along on a publish."""
    sandbox, workspace = start(app())
    workspace.apply().ok()
    slug = live(sandbox)[0]["slug"]
    attributes = {**CONNECTION["attributes"], "rowLimit": 100}  # type: ignore[dict-item]
    publish(sandbox, slug, connection={**CONNECTION, "attributes": attributes})
    assert {} == workspace.plan_changes()
    workspace.write(app(hidden_datasets=True))
    workspace.apply().ok()
    assert 100 == _parsed(live(sandbox)[0]["inputs"]["connection"])["attributes"]["rowLimit"]


def test_a_configured_credential_guid_leaves_the_shared_credential_alone(start: Start) -> None:
    """A bare guid would rewrite its record for every workflow: it rides on the connection, and the plan is quiet."""
    sandbox, workspace = start()
    body = {"authType": "basic", "connectorConfigName": "atlan-connectors-bigquery", "username": "u", "password": "p"}
    guid = sandbox.call("POST", "/api/service/credentials?testCredential=false", body).json["id"]
    record = sandbox.call("GET", f"/api/service/credentials/{guid}").json
    for hidden in (False, True):
        workspace.write(app(credential_guid=guid, hidden_datasets=hidden))
        workspace.apply().ok()
        assert {} == workspace.plan_changes()
    assert record == sandbox.call("GET", f"/api/service/credentials/{guid}").json
    attributes = _parsed(live(sandbox)[0]["inputs"]["connection"])["attributes"]
    assert guid == attributes["defaultCredentialGuid"]


def test_a_contract_that_cannot_be_read_is_tried_once_for_all_apps(start: Start) -> None:
    """It decides the form of JSON inputs alone: a warning, and the apps are created one beside the other."""
    settings = 'provider "atlan" {\n  max_retries = 1\n}\n'
    sandbox, workspace = start(settings + "".join(app(f"crawler_{each}", f"bigquery {each}") for each in range(6)))
    sandbox.fault(method="GET", path="/inputs$", times=100, status=503, body={"message": "not now"})
    assert "could not be read" in workspace.apply().ok().output
    assert 2 == len([each for each in sandbox.requests() if each["path"].endswith("/inputs")])
    assert 6 == len(live(sandbox))
