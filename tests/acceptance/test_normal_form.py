"""Names, keys and values on the tenant that are not in the normal form (NFC) in which Terraform keeps all text."""

import json
from typing import Any

import pytest

from tests.acceptance.conftest import Start
from tests.support import ui

NFD, NFC = "sen\u0303or", "se\u00f1or"
CRAWLER = """
resource "atlan_app" "crawler" {
  app_id           = "bigquery-crawler"
  name             = "%s"
  asset_connection = { name = "analytics", admin_users = ["admin"] }
  inputs           = %s
  %s
}
"""


def crawler(inputs: Any, name: str = "plain", more: str = "") -> str:
    return CRAWLER % (
        name,
        f"jsondecode({json.dumps(json.dumps(inputs, ensure_ascii=False), ensure_ascii=False)})",
        more,
    )


def stored(sandbox: Any, name: str) -> Any:
    """Return an input of the only workflow as the service has it, opened."""
    value = ui.live(sandbox)[0]["inputs"].get(name)
    return json.loads(value) if isinstance(value, str) and value[:1] == "{" else value


def test_a_key_that_the_web_ui_added_is_shown_and_kept_as_the_service_has_it(start: Start) -> None:
    """A refresh, an import, a data source and a destroy succeed, and an update keeps every byte of the key."""
    sandbox, workspace = start(crawler({"include_filter": {"^a$": []}}))
    workspace.apply().ok()
    slug = ui.live(sandbox)[0]["slug"]
    edited = {"^a$": [], f"^{NFD}$": [f"^{NFD}$"]}
    ui.publish(sandbox, slug, include_filter=edited, temp_table_regex=NFD)
    [change] = [each["change"] for each in workspace.plan_json()["resource_changes"]]
    assert {"^a$": [], f"^{NFC}$": [f"^{NFC}$"]} == change["before"]["inputs"]["include_filter"]
    managed = {"include_filter": {"^a$": [], f"^{NFC}$": [f"^{NFC}$"]}, "temp_table_regex": NFC}
    workspace.write(crawler(managed))
    workspace.apply("-refresh-only").ok()
    workspace.apply().ok()
    assert {} == workspace.plan_changes()
    workspace.write(crawler({**managed, "hidden_datasets": True}))
    workspace.apply().ok()
    assert (edited, NFD, True) == tuple(
        stored(sandbox, name) for name in ("include_filter", "temp_table_regex", "hidden_datasets")
    )
    assert {} == workspace.plan_changes()
    found = 'data "atlan_app" "it" { slug = "%s" }\noutput "filter" { value = data.atlan_app.it.inputs.include_filter }'
    workspace.write(found % slug, "data.tf")
    workspace.apply().ok()
    assert managed["include_filter"] == workspace.outputs()["filter"]
    (workspace.directory / "data.tf").unlink()
    workspace.state("rm", "atlan_app.crawler").ok()
    workspace.import_("atlan_app.crawler", slug).ok()
    assert {} == workspace.plan_changes()
    workspace.destroy().ok()
    assert [] == ui.live(sandbox)


def test_the_name_of_a_connection_stays_as_the_service_has_it(start: Start) -> None:
    """A publish does not rename it, and a plan has no changes."""
    named = {
        "typeName": "Connection",
        "attributes": {
            "qualifiedName": "default/bigquery/1700000000",
            "connectorName": "bigquery",
            "name": NFD,
            "adminUsers": ["admin"],
        },
    }
    sandbox, workspace = start()
    slug = ui.create(sandbox, "plain", connection=named)
    block = f'import {{\n  to = atlan_app.crawler\n  id = "{slug}"\n}}\n'
    workspace.write(crawler({"hidden_datasets": True}).replace("analytics", NFC) + block)
    workspace.apply().ok()
    assert NFD == stored(sandbox, "connection")["attributes"]["name"]
    assert {} == workspace.plan_changes()


def test_an_adoption_does_not_call_another_form_a_change_of_the_connection(start: Start) -> None:
    """The name and the admins on the tenant differ only in their form and order."""
    adopting = crawler({"hidden_datasets": True}, more="adopt_existing = true")
    configured = adopting.replace("analytics", NFC).replace('["admin"]', f'["{NFC}", "admin"]')
    sandbox, workspace = start(configured)
    ui.create(sandbox, "plain")
    sandbox.make_connection("default/bigquery/1700000000", NFD, adminUsers=["admin", NFD])
    assert "The apply changes the connection" not in workspace.plan().ok().text
    workspace.apply().ok()
    assert NFD == stored(sandbox, "connection")["attributes"]["name"]
    assert {} == workspace.plan_changes()


def test_two_keys_that_are_one_in_terraform_stay_untouched(start: Start) -> None:
    """A refresh warns, an update of other keys keeps both, and a configuration of them is an error."""
    sandbox, workspace = start(crawler({"include_filter": {"^a$": []}}), launch=True)
    workspace.apply().ok()
    slug = ui.live(sandbox)[0]["slug"]
    two = {f"^{NFD}$": ["^x$"], f"^{NFC}$": ["^y$"]}
    ui.publish(sandbox, slug, include_filter={"^a$": [], **two})
    result = workspace.plan("-json", "-detailed-exitcode")
    assert 0 == result.returncode
    assert ["two keys" in each["summary"] and "include_filter" in each["summary"] for each in result.diagnostics] == [
        True
    ]
    workspace.write(crawler({"include_filter": {"^b$": []}}))
    workspace.apply().ok()
    assert {"^b$": [], **two} == stored(sandbox, "include_filter")
    assert {} == workspace.plan_changes()
    workspace.write(crawler({"include_filter": {"^b$": [], f"^{NFC}$": ["^z$"]}}))
    workspace.plan().failed("two keys", "inputs.include_filter")
    workspace.destroy().ok()


def test_two_keys_in_a_list_stay_untouched(start: Start) -> None:
    """An element that is not changed keeps both. A change of the element, and a removal, are errors."""
    element = {"a": 1, NFD: 1, NFC: 2}
    sandbox, workspace = start(crawler({"control_config": {"l": [{"a": 1}]}}))
    workspace.apply().ok()
    slug = ui.live(sandbox)[0]["slug"]
    ui.publish(sandbox, slug, control_config=json.dumps({"l": [element]}, ensure_ascii=False))
    assert "two keys" in workspace.plan("-detailed-exitcode").ok().text
    workspace.write(crawler({"control_config": {"l": [{"b": 1}, {"a": 1}]}}))
    workspace.apply().ok()
    for inputs in ({"control_config": {"l": [{"b": 1}, {"a": 2}]}}, {"control_config": {}}, {"hidden_datasets": True}):
        workspace.write(crawler(inputs))
        workspace.apply().failed("two keys", "inputs.control_config")
    assert {"l": [{"b": 1}, element]} == stored(sandbox, "control_config")


def test_two_inputs_that_are_one_in_terraform_stay_untouched(start: Start) -> None:
    """An import leaves both out, with a warning."""
    sandbox, workspace = start()
    slug = ui.create(sandbox, "plain", **{NFD: 1, NFC: 2, "hidden_datasets": True})
    workspace.write(crawler({"hidden_datasets": False}))
    assert "two keys" in workspace.import_("atlan_app.crawler", slug).ok().text
    assert {"hidden_datasets": True} == workspace.values("atlan_app.crawler")["inputs"]
    workspace.apply().ok()
    assert (1, 2, False) == tuple(stored(sandbox, name) for name in (NFD, NFC, "hidden_datasets"))
    workspace.write(f'data "atlan_app" "it" {{ slug = "{slug}" }}\n', "data.tf")
    assert "two keys" in workspace.plan().ok().text
    (workspace.directory / "data.tf").unlink()
    workspace.write(crawler({NFC: 3}, more='unknown_inputs = "allow"'))
    workspace.plan().failed("two keys", f"inputs.{NFC}")


@pytest.mark.parametrize("by", ["data", "import", "adopt"])
def test_a_workflow_is_found_by_its_name(start: Start, by: str) -> None:
    """Its name is written in NFC, as Terraform gives it, and the tenant has another form."""
    sandbox, workspace = start()
    slug = ui.create(sandbox, NFD)
    ui.create(sandbox, "other")
    if by == "data":
        workspace.write(
            f'data "atlan_app" "it" {{ name = "{NFC}" }}\ndata "atlan_apps" "it" {{ name = "{NFC}" }}\n'
            'output "slugs" { value = [data.atlan_app.it.slug, data.atlan_apps.it.apps[0].slug] }'
        )
        workspace.apply().ok()
        assert [slug, slug] == workspace.outputs()["slugs"]
        return
    workspace.write(crawler({"hidden_datasets": True}, NFC, "adopt_existing = true" if by == "adopt" else ""))
    if by == "import":
        workspace.import_("atlan_app.crawler", f"name:{NFC}").ok()
    workspace.apply().ok()
    assert {slug: NFD, "other": "other"} == {
        "other" if each["name"] == "other" else each["slug"]: each["name"] for each in ui.live(sandbox)
    }
    assert {} == workspace.plan_changes()


def test_a_workflow_whose_name_has_another_form_is_not_gone_after_a_404_without_a_code(start: Start) -> None:
    """The list decides about such a 404, and it contains the workflow."""
    sandbox, workspace = start(crawler({"hidden_datasets": True}, NFC))
    slug = ui.create(sandbox, NFD, hidden_datasets=True)
    workspace.import_("atlan_app.crawler", slug).ok()
    sandbox.fault("GET", f"/app/{slug}$", times=9, status=404, body={"message": "no such workflow"})
    workspace.apply("-refresh-only").ok()
    assert slug == workspace.values("atlan_app.crawler")["slug"]


def test_a_create_whose_answer_was_lost_is_found_by_its_name(start: Start) -> None:
    """The list is compared in NFC."""
    sandbox, workspace = start(crawler({"hidden_datasets": True}, NFC))
    sandbox.fault("POST", "/v1/app$", drop="after")
    assert "found after a lost answer" in workspace.apply().ok().text
    assert [NFC] == [each["name"] for each in ui.live(sandbox)]


def test_a_credential_keeps_its_values_as_the_service_has_them(start: Start) -> None:
    """Its name, host, user and extra are read, and an update sends them unchanged."""
    sandbox, workspace = start()
    body = {
        "name": NFD,
        "authType": "basic",
        "connectorConfigName": "atlan-connectors-bigquery",
        "host": NFD,
        "username": NFD,
        "extra": {NFD: "x"},
    }
    guid = sandbox.call("POST", "/api/service/credentials?testCredential=false", body).json["id"]
    workspace.write(
        f"""
        resource "atlan_credential" "it" {{
          name                  = "{NFC}"
          auth_type             = "basic"
          connector_config_name = "atlan-connectors-bigquery"
          host                  = "{NFC}"
          username              = "{NFC}"
          extra                 = {{ "{NFC}" = "x" }}
          port                  = 5
        }}
        """
    )
    workspace.import_("atlan_credential.it", guid).ok()
    workspace.apply().ok()
    found = sandbox.call("GET", f"/api/service/credentials/{guid}").json
    assert (NFD, NFD, NFD, {NFD}, 5) == (
        found["name"],
        found["host"],
        found["username"],
        found["extra"].keys(),
        found["port"],
    )
    assert {} == workspace.plan_changes()
