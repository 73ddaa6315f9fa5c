"""The SDK's builders and the provider publish the same for each app and for each way to give a credential."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from scripts.lib.app_facts import apps
from scripts.lib.app_facts.configuration import app_resource, credential_resource, ephemeral_variable
from scripts.lib.app_facts.credentials import apart, ways, write_only
from scripts.lib.app_facts.workflows import Schedule, Workflow
from scripts.lib.shared.hcl import Expression, JsonText
from tests.support.sandbox import Sandbox
from tests.support.sdk_payloads import payload
from tests.support.sdk_workflows import ADMIN, BUILDERS, SCOPE, Case, client, create
from tests.support.terraform import PROVIDER, Attach, Workspace
from tests.support.vendor_sdk import accepts_sdk_warnings

pytestmark = accepts_sdk_warnings

CASES = [Case(app, way) for app in apps.load() for way in (ways(app) or (None,))]
WITH_CREDENTIAL = [case for case in CASES if case.way is not None]
WITHOUT_CREDENTIAL = [case for case in CASES if case.way is None]
STORED = {
    "category": "warehouse",
    "adminUsers": [ADMIN],
    "adminGroups": ["some-group"],
    "adminRoles": ["some-role-guid"],
    "allowQuery": True,
    "rowLimit": 10000,
    "defaultCredentialGuid": "the-connections-own-credential",
    "popularityScore": 1.5,
}


@dataclass(frozen=True)
class Published:
    """The sandbox after the SDK and the provider published each case, with `workflows` by name."""

    sandbox: Sandbox
    workspace: Workspace
    workflows: dict[str, dict[str, Any]]

    def by_sdk(self, case: Case) -> dict[str, Any]:
        return self.workflows[_name("sdk", case)]

    def by_provider(self, case: Case) -> dict[str, Any]:
        return self.workflows[_name("provider", case)]

    def payload(self, case: Case, workflow: dict[str, Any]) -> str:
        return payload(self.sandbox, case, workflow)

    def stores(self, workflow: dict[str, Any], field: str, secrets: dict[str, Any]) -> bool:
        return self.sandbox.verify(workflow["inputs"][field], **secrets)


def _label(case: Case) -> str:
    return case.label


def _name(teller: str, case: Case) -> str:
    return f"{case.label} by {teller}"


def _given(case: Case) -> dict[str, Any]:
    """Return the parameters as a configuration gives them, with the secret ones from a variable."""
    secrets = case.way.secrets if case.way else ()
    return {
        name: Expression(f'var.secrets["{value}"]') if name in secrets else value for name, value in case.given.items()
    }


def _inputs(case: Case) -> dict[str, Any]:
    """Return what the SDK sends by itself: the default of each input, even if null, and the inputs hidden in the UI."""
    attributes = {"connection", "credential_guid"}
    given = {each.name: each.default for each in case.app.inputs if each.name not in attributes} | case.app.hidden
    if case.app.app_id == "atlan-standard-lineage":
        given |= {"connector": "bigquery", "cross_connection_qualified_names": JsonText(SCOPE)}
    if case.way and case.way.stored_separately:
        given[case.way.input_field] = Expression(f"atlan_credential.{case.label}.guid")
    return given


def _written(case: Case) -> str:
    """Return the configuration that a user writes for the case."""
    way = case.way
    new = {"name": case.connection_name, "admin_users": [ADMIN]}
    workflow = Workflow(
        label=case.label,
        name=_name("provider", case),
        app_id=case.app.app_id,
        entrypoint=case.app.entrypoint,
        inputs=_inputs(case),
        schedule=Schedule("0 6 * * *", None),
        connection=new if way else {"qualified_name": case.qualified_name},
        credential=write_only(way, _given(case)) if way and not way.stored_separately else None,
    )
    separate = [credential_resource(case.label, apart(way, _given(case)))] if way and way.stored_separately else []
    return "\n".join([*separate, app_resource(workflow)])


@pytest.fixture(scope="module", params=["open", "closed"])
def published(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, attach: Attach
) -> Iterator[Published]:
    """Publish each case to one sandbox, with the SDK in this process and with the provider in one apply.

    The sandbox has open contracts, and then closed ones.

    The SDK names a credential by the second, and its builders take no other name, so names are not unique here.
    """
    folder = tmp_path_factory.mktemp("parity")
    secrets = {case.given[name]: case.given[name] for case in CASES if case.way for name in case.way.secrets}
    options = {"unique_credential_names": False, "contracts": request.param}
    with Sandbox(database=folder / "sandbox.db", **options) as sandbox:
        given = {"TF_VAR_secrets": json.dumps(secrets)}
        workspace = Workspace(folder / "workspace", sandbox.url, sandbox.api_key, given, attach=attach)
        workspace.write(PROVIDER, "versions.tf")
        workspace.write("\n".join([ephemeral_variable("secrets"), *map(_written, CASES)]))
        workspace.init().ok()
        for case in CASES:
            if case.way is None:
                sandbox.make_connection(case.qualified_name, case.connection_name, **STORED)
        with client(sandbox) as sdk:
            for case in CASES:
                create(sdk, case, _name("sdk", case))
        workspace.apply("-parallelism=20").ok()
        yield Published(sandbox, workspace, {each["name"]: each for each in sandbox.workflows()})


def test_the_table_has_every_builder_and_every_way() -> None:
    """38 apps have a builder of the SDK, there are 65 ways to give a credential, and each label is unique."""
    assert set(BUILDERS) == {case.app.app_id for case in CASES}
    assert (38, 65) == (len(BUILDERS), len(WITH_CREDENTIAL))
    assert len(CASES) == len({case.label for case in CASES})


@pytest.mark.parametrize("case", CASES, ids=_label)
def test_both_clients_read_the_same(published: Published, case: Case) -> None:
    """App, entrypoint, each input, the credential and the connection are the same."""
    assert published.payload(case, published.by_sdk(case)) == published.payload(case, published.by_provider(case))


@pytest.mark.parametrize("case", WITH_CREDENTIAL, ids=_label)
def test_both_store_the_same_secrets(published: Published, case: Case) -> None:
    """The stored password and the stored values of `extra` equal the given ones, and no others."""
    assert case.way is not None
    whole = write_only(case.way, case.given)
    secrets = {name: whole[name] for name in ("password", "extra") if name in whole}
    others = {"password": "another"} if "password" in whole else {"extra": dict.fromkeys(whole["extra"], "another")}
    field = case.way.input_field
    for workflow in (published.by_sdk(case), published.by_provider(case)):
        assert (True, False) == (published.stores(workflow, field, secrets), published.stores(workflow, field, others))


@pytest.mark.parametrize("case", WITHOUT_CREDENTIAL, ids=_label)
def test_a_referenced_connection_is_the_stored_one(published: Published, case: Case) -> None:
    """Both send the stored name, settings and credential of a referenced connection, and no analytics."""
    settings = {key: value for key, value in STORED.items() if key != "popularityScore"}
    identity = {"qualifiedName": case.qualified_name, "connectorName": case.app.connector_name}
    expected = settings | identity | {"name": case.connection_name}
    for workflow in (published.by_sdk(case), published.by_provider(case)):
        assert expected == workflow["inputs"]["connection"]["attributes"]
        assert "" == workflow["inputs"]["credential_guid"]


def test_the_configuration_is_formatted(published: Published) -> None:
    """The CLI's formatter changes nothing."""
    published.workspace.run("fmt", "-check", "-diff").ok()


def test_values_that_were_read_plan_no_changes(published: Published) -> None:
    """A plan has no changes for any way to give a credential and with all defaults written out."""
    assert {} == published.workspace.plan_changes()
