"""The ``extra`` of a workflow's own credential, which a rotation stores again."""

from typing import Any

import pytest

from tests.acceptance.conftest import Start
from tests.support.connections import SHARED
from tests.support.credential_settings import workflow as app
from tests.support.sandbox import Sandbox
from tests.support.secret_search import CANARY, ROTATED
from tests.support.terraform import Workspace
from tests.support.ui import live

ADDRESS = "atlan_app.it"
RECORDS = "/api/service/credentials"
NFC, NFD = "se\u00f1or", "sen\u0303or"
REMOVES = "The update removes keys of extra"
FOREIGN = {"region": "eu", "private_key": "canary-foreign-Pm3/z+1=u"}


def started(start: Start, configuration: str, **options: Any) -> tuple[Sandbox, Workspace]:
    sandbox, workspace = start(configuration, **options)
    workspace.env["TF_VAR_secret"] = CANARY
    return sandbox, workspace


def guid(sandbox: Sandbox) -> str:
    found: str = live(sandbox)[0]["inputs"]["credential_guid"]
    return found


def extra(sandbox: Sandbox) -> Any:
    """Return the extra of the workflow's credential, as the service shows it."""
    return sandbox.call("GET", f"{RECORDS}/{guid(sandbox)}").json["extra"]


def create_elsewhere(sandbox: Sandbox) -> str:
    """Create the workflow in the web UI, with a credential. Return its slug."""
    body = {"authType": "basic", "connectorConfigName": "atlan-connectors-bigquery", "password": "p", "extra": FOREIGN}
    attributes = {"qualifiedName": SHARED, "name": "analytics", "adminUsers": ["admin"]}
    inputs = {"connection": {"typeName": "Connection", "attributes": attributes}, "credential": body}
    created = sandbox.call(
        "POST",
        "/api/service/v1/app",
        {"app_id": "bigquery-crawler", "name": "it", "inputs": {**inputs, "credential_guid": ""}, "run": False},
    )
    assert 200 == created.status, created.text
    slug: str = created.json["slug"]
    return slug


def edit_elsewhere(sandbox: Sandbox, **values: Any) -> None:
    """Store the workflow's credential in the web UI with other values in its extra."""
    record = sandbox.call("GET", f"{RECORDS}/{guid(sandbox)}").json
    body = {each: record[each] for each in ("authType", "connectorConfigName", "name")}
    changed = {**body, "password": CANARY, "extra": values}
    assert 200 == sandbox.call("POST", f"{RECORDS}/{guid(sandbox)}", changed).status


def test_a_rotation_keeps_the_extra_that_the_service_shows(start: Start) -> None:
    """Somebody has added a key in the web UI. The key that is not shown is named in the plan."""
    sandbox, workspace = started(start, app(), surface_extra=True)
    workspace.apply().ok()
    edit_elsewhere(sandbox, role=CANARY, **FOREIGN)
    workspace.env["TF_VAR_secret"] = ROTATED
    workspace.write(app(version=2))
    result = workspace.plan("-out=it.tfplan").ok()
    assert (True, False) == (f"{REMOVES}: private_key" in result.text, "region" in result.text)
    workspace.apply("it.tfplan").ok()
    assert {"role": ROTATED, "region": "eu"} == extra(sandbox)
    assert {} == workspace.plan_changes()


def test_an_imported_workflow_keeps_the_extra_that_the_service_shows(start: Start) -> None:
    """The first rotation after the import stores the credential again."""
    sandbox, workspace = started(start, app(), surface_extra=True)
    workspace.import_(ADDRESS, create_elsewhere(sandbox)).ok()
    assert f"{REMOVES}: private_key" in workspace.plan().ok().text
    workspace.apply().ok()
    assert {"role": CANARY, "region": "eu"} == extra(sandbox)


def test_an_adopted_workflow_keeps_the_extra_that_the_service_shows(start: Start) -> None:
    """An adoption stores the configured credential."""
    sandbox, workspace = started(start, app(more="adopt_existing = true"), surface_extra=True)
    create_elsewhere(sandbox)
    assert f"{REMOVES}: private_key" in workspace.plan().ok().text
    workspace.apply().ok()
    assert {"role": CANARY, "region": "eu"} == extra(sandbox)


def test_an_error_shows_no_value_of_a_kept_extra(start: Start) -> None:
    """The service can repeat the values in the request."""
    sandbox, workspace = started(start, app(), surface_extra=True)
    workspace.import_(ADDRESS, create_elsewhere(sandbox)).ok()
    edit_elsewhere(sandbox, api=FOREIGN["private_key"])
    body = {"code": "X-1", "message": f"{FOREIGN['private_key']} is wrong"}
    sandbox.fault("PUT", "/v1/app/[^/]+$", times=1000, status=400, body=body)
    assert FOREIGN["private_key"] not in workspace.apply().failed("*** is wrong").output


def test_a_key_that_leaves_the_configuration_is_removed(start: Start) -> None:
    """The service shows its value, and the configuration had it."""
    sandbox, workspace = started(start, app(extra='{ role = var.secret, region = "eu" }'), surface_extra=True)
    workspace.apply().ok()
    assert {"role": CANARY, "region": "eu"} == extra(sandbox)
    workspace.write(app(version=2))
    assert REMOVES not in workspace.plan().ok().text
    workspace.apply().ok()
    assert {"role": CANARY} == extra(sandbox)
    workspace.write(app(version=3, extra="null"))
    workspace.apply().ok()
    assert None is sandbox.call("GET", f"{RECORDS}/{guid(sandbox)}").json.get("extra")


def test_a_plan_names_the_extra_that_a_rotation_removes(start: Start) -> None:
    """The service shows no value, so none can be sent again. Configured keys are not named."""
    sandbox, workspace = started(start, app())
    workspace.apply().ok()
    edit_elsewhere(sandbox, role=CANARY, **FOREIGN)
    workspace.write(app(version=2))
    assert f"{REMOVES}: private_key, region" in workspace.plan().ok().text
    workspace.write(app(version=2, extra='{ role = var.secret, region = "us", private_key = var.secret }'))
    assert REMOVES not in workspace.plan().ok().text


@pytest.mark.parametrize("surface_extra", [True, False], ids=["shown", "hidden"])
def test_a_key_is_sent_in_the_form_that_the_service_has(start: Start, *, surface_extra: bool) -> None:
    """Also if it is the only key. Terraform sends text in NFC."""
    sandbox, workspace = started(start, app(extra=f'{{ "{NFC}" = var.secret }}'), surface_extra=surface_extra)
    workspace.import_(ADDRESS, create_elsewhere(sandbox)).ok()
    edit_elsewhere(sandbox, **{NFD: "x"})
    workspace.apply().ok()
    assert {NFD} == extra(sandbox).keys()


def test_a_key_that_stands_for_two_keys_is_refused(start: Start) -> None:
    """The plan says so, and the apply of an earlier plan sends nothing."""
    sandbox, workspace = started(start, app(), surface_extra=True)
    workspace.apply().ok()
    workspace.write(app(version=2, extra=f'{{ "{NFC}" = var.secret }}'))
    workspace.plan("-out=it.tfplan").ok()
    both = {NFD: "x", NFC: "y"}
    edit_elsewhere(sandbox, **both)
    expected = "credential_wo.extra[key 1] stands for two keys of the credential"
    workspace.plan().failed(expected, "in the web UI")
    workspace.apply("it.tfplan").failed(expected)
    assert both == extra(sandbox)


def test_a_key_whose_publish_had_no_answer_is_removed(start: Start) -> None:
    """The service has stored it. Then the key leaves the configuration."""
    settings = 'provider "atlan" {\n  max_retries = 0\n}\n'
    sandbox, workspace = started(start, settings + app(), surface_extra=True)
    workspace.apply().ok()
    workspace.write(settings + app(version=2, extra='{ role = var.secret, region = "eu" }'))
    sandbox.fault("PUT", "/v1/app/[^/]+$", drop="after")
    workspace.apply().failed("did not answer")
    assert {"role", "region"} == extra(sandbox).keys()
    workspace.write(settings + app(version=3))
    workspace.apply().ok()
    assert {"role": CANARY} == extra(sandbox)


def test_a_raw_credential_follows_the_same_rule(start: Start) -> None:
    """It is stored again when it changes."""
    raw = '{ authType = "basic", connectorConfigName = "atlan-connectors-bigquery", password = "PASSWORD", EXTRA }'
    written = f"""
resource "atlan_app" "it" {{
  app_id           = "bigquery-crawler"
  name             = "it"
  asset_connection = {{ name = "analytics", admin_users = ["admin"] }}
  inputs           = {{ credential = {raw} }}
}}
"""
    first = written.replace("EXTRA", 'extra = { role = "reader", schema = "public", region = null }')
    sandbox, workspace = started(start, first, surface_extra=True)
    workspace.apply().ok()
    edit_elsewhere(sandbox, role="reader", schema="public", **FOREIGN)
    workspace.write(written.replace("EXTRA", 'extra = { role = "writer", region = null }'))
    assert f"{REMOVES}: private_key" in workspace.plan().ok().text
    workspace.apply().ok()
    assert {"role": "writer", "region": "eu"} == extra(sandbox)
    assert {} == workspace.plan_changes()


def test_another_change_reads_and_removes_nothing(start: Start) -> None:
    """The service keeps the credential through an update that sends none."""
    sandbox, workspace = started(start, app(), surface_extra=True)
    workspace.apply().ok()
    edit_elsewhere(sandbox, **FOREIGN)
    before = guid(sandbox)
    workspace.write(app(more="inputs = { hidden_datasets = true }"))
    asked = len(sandbox.requests())
    assert REMOVES not in workspace.apply().ok().text
    reads = [each for each in sandbox.requests()[asked:] if "/credentials/" in each["path"]]
    assert (before, {"region", "private_key"}, []) == (guid(sandbox), extra(sandbox).keys(), reads)


@pytest.mark.parametrize("status", [403, 404, 503])
def test_a_credential_that_cannot_be_read(start: Start, status: int) -> None:
    """A plan says so. An apply sends nothing, unless the key has no permission or the credential is gone."""
    settings = 'provider "atlan" {\n  max_retries = 0\n}\n'
    sandbox, workspace = started(start, settings + app(), surface_extra=True)
    workspace.apply().ok()
    edit_elsewhere(sandbox, role=CANARY, **FOREIGN)
    before = guid(sandbox)
    workspace.write(settings + app(version=2))
    body = {"code": "X-1", "message": "no"}
    sandbox.fault("GET", "/credentials/[^/]+$", times=1000, status=status, body=body)
    says = "The extra of the workflow's credential could not be read"
    assert (status != 404) == (says in workspace.plan("-out=it.tfplan").ok().text)
    applied = workspace.apply("it.tfplan")
    assert (status == 503) == (applied.returncode != 0)
    assert (status != 503) == (before != guid(sandbox))
    sandbox.clear_faults()
    workspace.apply().ok()
    assert {} == workspace.plan_changes()
