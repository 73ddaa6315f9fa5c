"""The ``extra`` of an ``atlan_credential``. Each update sends all keys."""

from typing import Any

import pytest

from tests.acceptance.conftest import Start
from tests.support.credential_settings import ADDRESS, credential, stored_record, stores
from tests.support.sandbox import Sandbox
from tests.support.secret_search import CANARY
from tests.support.terraform import Workspace

RECORDS = "/api/service/credentials"
NFC, NFD = "se\u00f1or", "sen\u0303or"


def edit_elsewhere(sandbox: Sandbox, guid: str, **values: Any) -> None:
    """Store the credential in the web UI with other values in its extra."""
    record = stored_record(sandbox, guid)
    body = {each: record[each] for each in ("authType", "connectorConfigName", "name", "host") if record.get(each)}
    changed = {**body, "password": CANARY, "extra": values}
    assert 200 == sandbox.call("POST", f"{RECORDS}/{guid}", changed).status


def imported(start: Start, more: str = "", *, surface_extra: bool) -> tuple[Sandbox, Workspace, str]:
    """Return a workspace that imports a credential whose extra somebody else has stored."""
    sandbox, workspace = start(surface_extra=surface_extra)
    workspace.env["TF_VAR_secret"] = CANARY
    body = {
        "authType": "basic",
        "connectorConfigName": "atlan-connectors-postgres",
        "name": "shared",
        "host": "old.example.com",
        "password": CANARY,
        "extra": {"database": "sales", "private_key": CANARY},
    }
    guid = sandbox.call("POST", "/api/service/credentials", body).json["id"]
    workspace.write(credential(more=more).replace('{ database = "sales", ssl = true }', "{ ssl = true }"))
    workspace.import_(ADDRESS, guid).ok()
    return sandbox, workspace, guid


def test_an_update_keeps_the_extra_that_the_service_shows(start: Start) -> None:
    """Somebody else has stored it. A secret that is configured as write-only is sent again."""
    sandbox, workspace, guid = imported(start, surface_extra=True)
    assert "removes keys of extra" not in workspace.plan().ok().output
    workspace.apply().ok()
    assert {"database": "sales", "ssl": True, "private_key": None} == stored_record(sandbox, guid)["extra"]
    assert stores(sandbox, guid, CANARY)
    assert {} == workspace.plan_changes()


def test_a_plan_names_the_extra_that_an_update_removes(start: Start) -> None:
    """The service does not show the value, so it cannot be sent again."""
    sandbox, workspace, guid = imported(start, surface_extra=False)
    assert "The update removes keys of extra: database" in workspace.plan().ok().text
    workspace.apply().ok()
    assert {"ssl", "private_key"} == stored_record(sandbox, guid)["extra"].keys()
    assert {} == workspace.plan_changes()


def test_an_error_shows_no_value_of_a_kept_extra(start: Start) -> None:
    """The service can repeat the values in the request."""
    sandbox, workspace, guid = imported(start, surface_extra=True)
    edit_elsewhere(sandbox, guid, api="c4nary-api")
    body = {"code": "X-1", "message": "c4nary-api is wrong"}
    sandbox.fault("POST", f"/credentials/{guid}$", times=1000, status=400, body=body)
    assert "c4nary-api" not in workspace.apply().failed("*** is wrong").output


def test_a_key_that_leaves_the_configuration_is_removed(start: Start) -> None:
    """From extra and from extra_wo, although the service shows its value."""
    sandbox, workspace = start(surface_extra=True)
    workspace.env["TF_VAR_secret"] = CANARY
    configured = credential().replace("{ private_key = var.secret }", '{ private_key = var.secret, role = "reader" }')
    workspace.write(configured)
    workspace.apply().ok()
    guid = workspace.values(ADDRESS)["guid"]
    assert {"database", "ssl", "private_key", "role"} == stored_record(sandbox, guid)["extra"].keys()
    workspace.write(credential(version=2).replace(", ssl = true }", " }"))
    workspace.apply().ok()
    assert {"database", "private_key"} == stored_record(sandbox, guid)["extra"].keys()
    assert {} == workspace.plan_changes()


def small(version: int, more: str) -> str:
    """Return a credential with one part of its extra."""
    return f"""
resource "atlan_credential" "it" {{
  name                  = "shared"
  auth_type             = "basic"
  connector_config_name = "atlan-connectors-postgres"
  password_wo           = "{CANARY.replace('"', "")}"
  secret_wo_version     = {version}
  {more}
}}
"""


def created(start: Start, more: str, *, surface_extra: bool = True) -> tuple[Sandbox, Workspace, str]:
    sandbox, workspace = start(small(1, more), surface_extra=surface_extra)
    workspace.apply().ok()
    return sandbox, workspace, workspace.values(ADDRESS)["guid"]


@pytest.mark.parametrize("attribute", ["extra", "extra_wo"])
def test_a_null_key_keeps_the_value_that_somebody_else_has_set(start: Start, attribute: str) -> None:
    """It means the same as a missing key, and a key that had a value is removed."""
    sandbox, workspace, guid = created(start, f'{attribute} = {{ role = "r", region = null }}')
    edit_elsewhere(sandbox, guid, role="r", region="eu")
    workspace.write(small(2, f'{attribute} = {{ role = "r", region = null }}'))
    workspace.apply().ok()
    assert {"role": "r", "region": "eu"} == stored_record(sandbox, guid)["extra"]
    workspace.write(small(3, f"{attribute} = {{ role = null, region = null }}"))
    workspace.apply().ok()
    assert {"region": "eu"} == stored_record(sandbox, guid)["extra"]
    assert {} == workspace.plan_changes()


@pytest.mark.parametrize("surface_extra", [True, False], ids=["shown", "hidden"])
@pytest.mark.parametrize("attribute", ["extra", "extra_wo"])
def test_a_key_is_sent_in_the_form_that_the_service_has(start: Start, attribute: str, *, surface_extra: bool) -> None:
    """Otherwise the credential would have the key twice, or lose it. Terraform sends text in NFC."""
    sandbox, workspace, guid = created(start, "", surface_extra=surface_extra)
    edit_elsewhere(sandbox, guid, **{NFD: "x"})
    workspace.write(small(2, f'{attribute} = {{ "{NFC}" = "y" }}'))
    workspace.apply().ok()
    assert {NFD} == stored_record(sandbox, guid)["extra"].keys()
    assert sandbox.verify(guid, extra={NFD: "y"})
    assert {} == workspace.plan_changes()


@pytest.mark.parametrize("attribute", ["extra", "extra_wo"])
def test_a_key_that_stands_for_two_keys_is_refused(start: Start, attribute: str) -> None:
    """Nothing is sent. Without the key, both stay as they are."""
    sandbox, workspace, guid = created(start, "")
    both = {NFD: "x", NFC: "y"}
    edit_elsewhere(sandbox, guid, **both)
    workspace.write(small(2, f'{attribute} = {{ "{NFC}" = "z" }}'))
    workspace.apply().failed(f"{attribute}.{NFC} stands for two keys of the credential {guid}", "in the web UI")
    assert both == stored_record(sandbox, guid)["extra"]
    workspace.write(small(3, f'{attribute} = {{ role = "r" }}'))
    workspace.apply().ok()
    assert {**both, "role": "r"} == stored_record(sandbox, guid)["extra"]


@pytest.mark.parametrize("attribute", ["extra", "extra_wo"])
def test_a_key_whose_update_had_no_answer_is_removed(start: Start, attribute: str) -> None:
    """The service has stored it. Then the key leaves the configuration."""
    sandbox, workspace, guid = created(start, f'{attribute} = {{ role = "r" }}')
    workspace.write(small(2, f'{attribute} = {{ role = "r", region = "eu" }}'))
    sandbox.fault("POST", f"/credentials/{guid}$", drop="after")
    workspace.apply().failed("did not answer")
    assert {"role", "region"} == stored_record(sandbox, guid)["extra"].keys()
    workspace.write(small(3, f'{attribute} = {{ role = "r" }}'))
    workspace.apply().ok()
    assert {"role": "r"} == stored_record(sandbox, guid)["extra"]
    edit_elsewhere(sandbox, guid, role="r", region="us")
    workspace.write(small(4, f'{attribute} = {{ role = "r" }}'))
    workspace.apply().ok()
    assert {"role": "r", "region": "us"} == stored_record(sandbox, guid)["extra"]


def test_a_plan_names_a_key_that_is_hidden_in_part(start: Start) -> None:
    """An update can send only the part that the service shows, so it sends none."""
    sandbox, workspace, guid = created(start, 'extra = { role = "r" }')
    edit_elsewhere(sandbox, guid, role="r", auth={"region": "eu", "private_key": "k"})
    shown = stored_record(sandbox, guid)
    shown["extra"]["auth"]["private_key"] = None
    sandbox.fault("GET", f"/credentials/{guid}$", times=1000, status=200, body=shown)
    workspace.write(small(2, 'extra = { role = "r" }'))
    assert "The update removes keys of extra: auth" in workspace.plan().ok().text
    workspace.apply().ok()
    sandbox.clear_faults()
    assert {"role": "r"} == stored_record(sandbox, guid)["extra"]


def test_an_apply_names_a_removed_key_that_the_plan_did_not_know(start: Start) -> None:
    """The read before the plan is older than the key. A key that the plan knows is named once in the apply."""
    sandbox, workspace, guid = created(start, 'extra = { role = "r" }', surface_extra=False)
    edit_elsewhere(sandbox, guid, role="r", region="eu")
    workspace.write(small(2, 'extra = { role = "r" }'))
    assert "removes keys" not in workspace.plan("-refresh=false", "-out=it.tfplan").ok().text
    assert "The update removes keys of extra: region" in workspace.apply("it.tfplan").ok().text
    edit_elsewhere(sandbox, guid, role="r", region="eu")
    workspace.write(small(3, 'extra = { role = "r" }'))
    assert "The update removes keys of extra: region" in workspace.plan("-out=it.tfplan").ok().text
    text = workspace.apply("it.tfplan").ok().text
    assert (1, False) == (text.count("The update removes keys of extra: region"), "similar warning" in text)
