"""``atlan_app.credential_guid``: the credential of one workflow, or a shared one from the connection."""

import pytest

from tests.acceptance.conftest import Start
from tests.support.connections import OTHER_GUID, REFERENCE, STORED, app, make_connection
from tests.support.ui import live

OWN = """
  credential_wo = {
    auth_type             = "basic"
    connector_config_name = "atlan-connectors-bigquery"
    password              = "a-password"
  }
  credential_wo_version = 1
"""
SHARED = f'credential_guid = "{OTHER_GUID}"'
EMPTY = "inputs = {}\n  "
KEPT = "keeps its own credential"


@pytest.mark.parametrize("shared", [SHARED, f"inputs = {{ {SHARED} }}"], ids=["attribute", "input"])
def test_a_workflow_with_its_own_credential_cannot_use_a_shared_one(start: Start, shared: str) -> None:
    """The service would keep the old credential, so the plan fails.

    After a taint, a new workflow uses the shared one.
    """
    sandbox, workspace = start(app(REFERENCE, more=OWN))
    make_connection(sandbox)
    workspace.apply().ok()
    own = live(sandbox)[0]["inputs"]["credential_guid"]
    workspace.write(app(REFERENCE, more=shared))
    workspace.plan().failed(KEPT, "credential_guid", "terraform taint")
    assert [own] == [each["inputs"]["credential_guid"] for each in live(sandbox)]
    workspace.run("taint", "atlan_app.it").ok()
    workspace.apply().ok()
    assert {} == workspace.plan_changes()
    assert OTHER_GUID == workspace.values("atlan_app.it")["credential_guid"]


def test_a_credential_that_came_from_the_connection_can_be_another(start: Start) -> None:
    """The guid can be set, changed and imported, and each time a plan has no changes."""
    sandbox, workspace = start(app(REFERENCE))
    make_connection(sandbox)
    workspace.apply().ok()
    assert STORED["defaultCredentialGuid"] == workspace.values("atlan_app.it")["credential_guid"]
    workspace.write(app(REFERENCE, more=EMPTY + SHARED))
    workspace.apply().ok()
    assert (OTHER_GUID, {}) == (workspace.values("atlan_app.it")["credential_guid"], workspace.plan_changes())
    workspace.state("rm", "atlan_app.it").ok()
    workspace.import_("atlan_app.it", live(sandbox)[0]["slug"]).ok()
    assert {} == workspace.plan_changes()
    workspace.write(app(REFERENCE, more=EMPTY + SHARED.replace(OTHER_GUID, STORED["defaultCredentialGuid"])))
    workspace.apply().ok()
    assert {} == workspace.plan_changes()
    sent = live(sandbox)[0]["inputs"]
    assert STORED["defaultCredentialGuid"] == sent["connection"]["attributes"]["defaultCredentialGuid"]
    assert "" == sent["credential_guid"]


def test_an_imported_workflow_may_name_the_credential_that_it_has(start: Start) -> None:
    """The guid of the workflow's own credential plans no changes, and another guid is an error."""
    sandbox, workspace = start(app(REFERENCE, more=OWN))
    make_connection(sandbox)
    workspace.apply().ok()
    (stored,) = live(sandbox)
    workspace.state("rm", "atlan_app.it").ok()
    own = stored["inputs"]["credential_guid"]
    workspace.write(app(REFERENCE, more=EMPTY + SHARED.replace(OTHER_GUID, own)))
    workspace.import_("atlan_app.it", stored["slug"]).ok()
    assert {} == workspace.plan_changes()
    workspace.write(app(REFERENCE, more=EMPTY + SHARED))
    workspace.plan().failed(KEPT)


def test_a_workflow_takes_its_own_credential_along_to_a_shared_connection(start: Start) -> None:
    """The guid stays the same, and the plan does not show it as unknown."""
    sandbox, workspace = start(app('{ name = "a", admin_users = ["admin"] }', more=OWN))
    make_connection(sandbox)
    workspace.apply().ok()
    own = workspace.values("atlan_app.it")["credential_guid"]
    workspace.write(app(REFERENCE, more=OWN))
    change = workspace.plan_json()["resource_changes"][0]["change"]
    assert (own, None) == (change["after"]["credential_guid"], change["after_unknown"].get("credential_guid"))
    workspace.apply().ok()
    assert (own, {}) == (workspace.values("atlan_app.it")["credential_guid"], workspace.plan_changes())


def test_a_raw_credential_that_changes_is_stored_again_with_a_warning(start: Start) -> None:
    """The plan shows the guid as unknown, and the apply stores a new one. A change of another input keeps the guid."""
    raw = (
        'inputs = {{ credential = {{ authType = "basic", connectorConfigName = "atlan-connectors-bigquery", '
        'password = "{}" }}, hidden_datasets = {} }}'
    )
    new = '{ name = "a", admin_users = ["admin"] }'
    sandbox, workspace = start(app(new, more=raw.format("first", "false")))
    workspace.apply().ok()
    first = workspace.values("atlan_app.it")["credential_guid"]
    workspace.write(app(new, more=raw.format("first", "true")))
    assert first == workspace.plan_json()["resource_changes"][0]["change"]["after"]["credential_guid"]
    workspace.write(app(new, more=raw.format("second", "true")))
    assert True is workspace.plan_json()["resource_changes"][0]["change"]["after_unknown"]["credential_guid"]
    workspace.apply().ok()
    second = workspace.values("atlan_app.it")["credential_guid"]
    assert (live(sandbox)[0]["inputs"]["credential_guid"], False) == (second, second == first)
    assert {} == workspace.plan_changes()


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (f"{SHARED}\n  inputs = {{ {SHARED} }}", "Keep one of credential_guid and inputs.credential_guid"),
        (f"{OWN}\n  inputs = {{ {SHARED} }}", "Keep one of credential_wo and inputs.credential_guid"),
        ('inputs_wo = { credential = { authType = "basic" } }', "A credential in inputs_wo"),
    ],
)
def test_one_credential_is_written_in_one_place(start: Start, more: str, expected: str) -> None:
    """Validate reports the error and sends no request."""
    sandbox, workspace = start(app(REFERENCE, more=more))
    workspace.validate().failed(expected)
    assert [] == sandbox.requests()


def test_a_plan_reports_all_mistakes_at_once(start: Start) -> None:
    """A credential that cannot be shared does not hide a misspelled input."""
    sandbox, workspace = start(app(REFERENCE, more=OWN))
    make_connection(sandbox)
    workspace.apply().ok()
    workspace.write(app(REFERENCE, more=f"{SHARED}\n  inputs = {{ no_such_input = 1 }}"))
    workspace.plan().failed(KEPT, "inputs.no_such_input: there is no such input")
