"""Workflows of all 38 apps, created by the SDK's builders, imported with a generated configuration."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from provider.sandbox.options import CONTRACT_FORMS
from scripts.lib.app_facts import apps
from scripts.lib.app_facts.credentials import ways
from scripts.lib.app_facts.filters import sent
from scripts.lib.app_facts.inputs import all_inputs
from tests.support.sandbox import Sandbox
from tests.support.sdk_workflows import SCOPE, Case, client, create
from tests.support.terraform import PROVIDER, Attach, Result, Workspace
from tests.support.ui import live, publish
from tests.support.vendor_sdk import accepts_sdk_warnings

pytestmark = accepts_sdk_warnings

CASES = [Case(app, (ways(app) or (None,))[0]) for app in apps.load()]
ATTRIBUTES = {"connection", "credential_guid", "connection_qualified_name"}
RUNTIME_KEYS = {"user-id", "user_id", "workflow_id", "correlation_id"}
IMPORT = """
import {
  to = atlan_app.%s
  id = "%s"
}
"""


@dataclass(frozen=True)
class TakenOver:
    """38 imported workflows: `stored` are those of the sandbox by name, `sent` the methods of the import's requests."""

    edited: bool
    sandbox: Sandbox
    workspace: Workspace
    stored: dict[str, dict[str, Any]]
    sent: list[str]
    planned: Result
    changes: dict[str, list[str]]
    imported: int
    generated: str
    resources: dict[str, dict[str, Any]]

    def values(self, case: Case) -> dict[str, Any]:
        values: dict[str, Any] = self.resources[f"atlan_app.{case.app.label}"]["values"]
        return values

    def expected(self, case: Case) -> dict[str, Any]:
        """Return the inputs that a user would configure: no defaults, no nulls, objects instead of JSON text."""
        given = _edits(case) if self.edited else {}
        defaults = {each.name: each.default for each in case.app.inputs} | case.app.hidden
        wanted = {name: _opened(value) for name, value in given.items() if name != "agent_json"}
        found = {name: value for name, value in wanted.items() if value not in (None, _opened(defaults[name]))}
        return _asked_for(case, self.stored[case.app.label]["inputs"]) | found


def _edits(case: Case) -> dict[str, Any]:
    """Return the inputs that a user sets in the UI: all that have a value other than the default."""
    every = {name: value for name, value in all_inputs(case.app).items() if name not in ATTRIBUTES}
    return {name: sent(value) for name, value in every.items()}


def _asked_for(case: Case, stored: dict[str, Any]) -> dict[str, Any]:
    """Return the builder's inputs that differ from a default: a separate credential, or the lineage app's scope."""
    if case.app.app_id == "atlan-standard-lineage":
        return {"cross_connection_qualified_names": SCOPE}
    return {case.way.input_field: stored[case.way.input_field]} if case.way and case.way.stored_separately else {}


def _opened(value: Any) -> Any:
    """Return the value of JSON text, without the keys that are null."""
    if isinstance(value, str) and value[:1] in ("{", "["):
        value = json.loads(value)
    return {key: each for key, each in value.items() if each is not None} if isinstance(value, dict) else value


def _name(case: Case) -> str:
    return case.app.label


def _stored(sandbox: Sandbox) -> dict[str, dict[str, Any]]:
    return {each["name"]: each for each in live(sandbox)}


def _import_block(workflow: dict[str, Any]) -> str:
    """Return an import block by the slug or by the name, so that both occur."""
    name = workflow["name"]
    return IMPORT % (name, workflow["slug"] if len(name) % 2 else f"name:{name}")


def _make(sandbox: Sandbox, *, edited: bool) -> None:
    for case in CASES:
        if case.way is None:
            sandbox.make_connection(case.qualified_name, case.connection_name)
    with client(sandbox) as sdk:
        for case in CASES:
            slug = create(sdk, case, case.app.label)
            if edited:
                publish(sandbox, slug, **_edits(case))


@pytest.fixture(
    scope="module",
    params=[(edited, contracts) for contracts in CONTRACT_FORMS for edited in (False, True)],
    ids=[f"{how}, {contracts}" for contracts in CONTRACT_FORMS for how in ("as built", "edited in the UI")],
)
def taken_over(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, attach: Attach
) -> Iterator[TakenOver]:
    """Write import blocks, generate the configuration, plan, and apply."""
    folder = tmp_path_factory.mktemp("taken-over")
    edited, contracts = request.param
    with Sandbox(database=folder / "sandbox.db", contracts=contracts) as sandbox:
        _make(sandbox, edited=edited)
        stored, asked = _stored(sandbox), len(sandbox.requests())
        workspace = Workspace(folder / "workspace", sandbox.url, sandbox.api_key, attach=attach)
        workspace.write(PROVIDER, "versions.tf")
        workspace.write("".join(map(_import_block, stored.values())), "import.tf")
        workspace.init().ok()
        planned = workspace.plan("-generate-config-out=generated.tf", "-parallelism=20").ok()
        changes = workspace.plan_json("-parallelism=20")["resource_changes"]
        workspace.apply("-parallelism=20").ok()
        yield TakenOver(
            edited=edited,
            sandbox=sandbox,
            workspace=workspace,
            stored=stored,
            sent=[each["method"] for each in sandbox.requests()[asked:]],
            planned=planned,
            changes={each["address"]: each["change"]["actions"] for each in changes},
            imported=len([each for each in changes if each["change"].get("importing")]),
            generated=(workspace.directory / "generated.tf").read_text(encoding="utf-8"),
            resources=workspace.resources(),
        )


def test_38_imports_change_nothing(taken_over: TakenOver) -> None:
    """Only reads are sent, each workflow stays unchanged, and a plan after the import has no changes."""
    quiet = {f"atlan_app.{case.app.label}": ["no-op"] for case in CASES}
    assert (38, quiet) == (taken_over.imported, taken_over.changes)
    assert {"GET"} == set(taken_over.sent)
    assert taken_over.stored == _stored(taken_over.sandbox)
    assert {} == taken_over.workspace.plan_changes("-parallelism=20")


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_inputs_are_what_a_person_would_have_configured(taken_over: TakenOver, case: Case) -> None:
    """The inputs are those that differ from the contract's defaults, with objects instead of JSON text."""
    assert taken_over.expected(case) == taken_over.values(case)["inputs"]


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_a_connection_is_whole_and_has_no_nulls(taken_over: TakenOver, case: Case) -> None:
    """The connection has its qualified name, connector and name. Lists of admins may be empty, but are not null."""
    carried = taken_over.stored[case.app.label]["inputs"]["connection"]
    attributes = (json.loads(carried) if isinstance(carried, str) else carried)["attributes"]
    expected = {
        "qualified_name": attributes["qualifiedName"],
        "connector_name": case.app.connector_name,
        "name": case.connection_name,
        "admin_users": attributes.get("adminUsers") or [],
        "admin_groups": [],
        "admin_roles": [],
    }
    assert expected == taken_over.values(case)["asset_connection"]


def test_the_generated_configuration_is_one_to_keep(taken_over: TakenOver) -> None:
    """The configuration has no runtime keys, no escaped JSON, no null inside an object, and the format of `fmt`."""
    lines = taken_over.generated.splitlines()
    assert [] == [line for line in lines if any(key in line for key in RUNTIME_KEYS)]
    assert [] == [line for line in lines if r"\"" in line]
    assert [] == [line for line in lines if line.startswith("    ") and line.endswith("= null")]
    taken_over.workspace.run("fmt", "-check", "-diff").ok()


def test_no_secret_is_imported(taken_over: TakenOver) -> None:
    """State and output contain no secret. `agent_json` is left out, with a warning that names it."""
    secrets = {case.given[name] for case in CASES if case.way for name in case.way.secrets & case.given.keys()}
    state = (taken_over.workspace.directory / "terraform.tfstate").read_text(encoding="utf-8")
    assert [] == [each for each in secrets if each in taken_over.generated + state + taken_over.planned.output]
    assert "agent_json" not in taken_over.generated + state
    slugs = [each["slug"] for each in taken_over.stored.values()]
    warned = [f"Warning: Inputs of {slug} that were not imported: agent_json" for slug in slugs]
    told = taken_over.planned.output
    assert (len(CASES) if taken_over.edited else 0) == len([each for each in warned if each in told])


def test_an_update_after_the_import_changes_what_is_configured_alone(taken_over: TakenOver) -> None:
    """The update renames the connection. All other inputs, the credential and its record stay the same."""
    credentials = _credentials(taken_over)
    written = taken_over.generated.replace('"Connection of', '"Renamed connection of')
    taken_over.workspace.write(written, "generated.tf")
    try:
        taken_over.workspace.apply("-parallelism=20").ok()
        assert {} == taken_over.workspace.plan_changes("-parallelism=20")
        for name, before in taken_over.stored.items():
            after = _stored(taken_over.sandbox)[name]
            assert after["version"] > before["version"]
            assert _comparable(before, "Renamed connection of") == _comparable(after)
        assert credentials == _credentials(taken_over)
    finally:
        taken_over.workspace.write(taken_over.generated, "generated.tf")


def _credentials(taken_over: TakenOver) -> list[Any]:
    """Return the records of the workflows' credentials, with their versions."""
    guids = [each["inputs"].get("credential_guid") for each in _stored(taken_over.sandbox).values()]
    return [taken_over.sandbox.call("GET", f"/api/service/credentials/{guid}").json for guid in guids if guid]


def _comparable(workflow: dict[str, Any], prefix: str = "Connection of") -> dict[str, Any]:
    """Return a workflow's inputs without nulls and runtime keys, and with another prefix of the connection's name."""
    told = {key: _opened(value) for key, value in workflow["inputs"].items() if key not in RUNTIME_KEYS}
    attributes = {key: value for key, value in told.pop("connection")["attributes"].items() if value}
    attributes["name"] = attributes["name"].replace("Connection of", prefix, 1)
    named = {"connection_qualified_name": attributes["qualifiedName"], "connection": attributes}
    return {key: value for key, value in told.items() if value is not None} | named
