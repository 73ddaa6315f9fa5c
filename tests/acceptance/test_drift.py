"""Drift of all 38 apps: a plan reverts an edit and nothing else, and ignores what the service changes by itself."""

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from scripts.lib.app_facts import apps
from scripts.lib.app_facts.apps import App
from scripts.lib.app_facts.filters import sent
from scripts.lib.app_facts.inputs import all_inputs
from scripts.lib.app_facts.workflows import Workflow, workflow, workflows
from scripts.lib.shared.hcl import JsonText
from tests.acceptance.conftest import Start
from tests.support import ui
from tests.support.drift import (
    AT_ONCE,
    NEVER_RETURNED,
    PUBLISHED,
    Applied,
    apply,
    check_reverted,
    differing,
    opened,
    planned,
)
from tests.support.sandbox import Sandbox
from tests.support.sandbox_pool import BOTH_CONTRACTS


def with_two_admins(app: App) -> Workflow:
    """Return a workflow with varied inputs, and with two admins of its connection."""
    chosen = workflow(app)
    return replace(chosen, inputs={**chosen.inputs, "connection": _with_admins(chosen.inputs["connection"])})


def _with_admins(connection: Any) -> Any:
    if isinstance(connection, JsonText):
        return JsonText(_with_admins(connection.value))
    return {**connection, "attributes": {**connection["attributes"], "adminUsers": ["admin", "second-admin"]}}


def with_attributes(args: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return the inputs with other attributes of the connection, which stays an object or text."""
    connection = opened(args["connection"])
    changed = {**connection, "attributes": {**connection["attributes"], **changes}}
    return {**args, "connection": changed if isinstance(args["connection"], dict) else json.dumps(changed)}


def every(value: Any, change: Callable[[Any], Any]) -> Any:
    """Return the value with a change of each part, inner parts first."""
    if isinstance(value, dict):
        value = {name: every(item, change) for name, item in value.items()}
    if isinstance(value, list):
        value = [every(item, change) for item in value]
    return change(value)


def _as_float(value: Any) -> Any:
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _as_integer(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _reordered(value: Any) -> Any:
    return dict(reversed(value.items())) if isinstance(value, dict) else value


def _as_text(value: Any) -> Any:
    return json.dumps(value, indent=1) if isinstance(value, dict | list) else value


def _unconfigured(each: Applied) -> dict[str, Any]:
    """Return the inputs of the contract that are not configured, with their defaults."""
    defaults = {known.name: known.default for known in each.app.inputs} | each.app.hidden
    return {name: value for name, value in defaults.items() if name not in each.configured}


def _without_nulls(value: Any) -> Any:
    return {name: item for name, item in value.items() if item is not None} if isinstance(value, dict) else value


def _with_null(value: Any) -> Any:
    return {**value, "nothing": None} if isinstance(value, dict) else value


def _opened(args: dict[str, Any]) -> dict[str, Any]:
    return {name: opened(value) for name, value in args.items()}


Args = dict[str, Any]
OWN_DOING: list[dict[str, Callable[[Applied, Args], Args]]] = [
    {
        "other runtime keys": lambda _, args: args | dict.fromkeys(ui.RUNTIME_KEYS, "another"),
        "hidden inputs and contract defaults": lambda each, args: _unconfigured(each) | args,
        "connection as text": lambda _, args: args | {"connection": json.dumps(opened(args["connection"]))},
        "floats for integers": lambda _, args: every(args, _as_float),
        "admins in another order": lambda _, args: with_attributes(args, adminUsers=["second-admin", "admin"]),
    },
    {
        "no runtime keys": lambda _, args: {key: value for key, value in args.items() if key not in ui.RUNTIME_KEYS},
        "nulls for what nobody configured": lambda each, args: dict.fromkeys(_unconfigured(each)) | args,
        "JSON text as what it holds": lambda _, args: _opened(args),
        "integers for floats": lambda _, args: every(args, _as_integer),
        "a guid at the top": lambda _, args: args | {"credential_guid": "guid-1"},
    },
    {
        "no nulls": lambda _, args: every(args, _without_nulls),
        "empty admins left out": lambda _, args: with_attributes(args, adminGroups=None),
        "a guid on the connection": lambda _, args: with_attributes(
            args | {"credential_guid": ""}, defaultCredentialGuid="guid-1"
        ),
        "objects and lists as JSON text": lambda _, args: {name: _as_text(value) for name, value in args.items()},
    },
    {
        "nulls inside objects": lambda _, args: every(_opened(args), _with_null),
        "attributes added to the connection": lambda _, args: with_attributes(args, rowLimit=100, category="warehouse"),
        "keys in another order": lambda _, args: every(_opened(args), _reordered),
        "the connection's name at the top": lambda _, args: args | {"connection_qualified_name": "default/other/1"},
        "no guid": lambda _, args: {name: value for name, value in args.items() if name != "credential_guid"},
    },
]
"""Changes that the service makes to the inputs of a read. Each dictionary is one step."""


@BOTH_CONTRACTS
def test_what_the_service_does_by_itself_is_quiet(start: Start, capsys: pytest.CaptureFixture[str]) -> None:
    """The service's own changes lead to a plan without changes, for every app."""
    sandbox, workspace = start()
    workspace.env["ATLAN_REFRESH_FROM_LIST"] = "false"  # the changed inputs are in reads, not in the list
    applied = apply(sandbox, workspace, [with_two_admins(app) for app in apps.load()])
    told = {each.slug: ui.args(sandbox, each.slug) for each in applied}
    for together in OWN_DOING:
        for each in applied:
            args = told[each.slug]
            for rewritten in together.values():
                args = rewritten(each, args)
            assert args != told[each.slug]
            sandbox.show_args(each.slug, args)
        assert {} == planned(workspace), f"one of: {', '.join(together)}"
    with capsys.disabled():
        sys.stdout.write(f"\n{sum(map(len, OWN_DOING))} rewritings of what {len(applied)} apps read back, no changes\n")


def test_a_version_published_elsewhere_and_another_owner_change_nothing(start: Start) -> None:
    """A refresh stores the new version and the new owner of each app, and a plan has no changes."""
    sandbox, workspace = start()
    applied = apply(sandbox, workspace, workflows())
    for each in applied:
        ui.replace(sandbox, each.slug, each.published)
        sandbox.hand_over(each.slug, "another-owner")
    assert 0 == workspace.plan(AT_ONCE, "-detailed-exitcode").returncode
    workspace.apply(AT_ONCE, "-refresh-only").ok()
    found = {address: each["values"] for address, each in workspace.resources().items()}
    live = {each["slug"]: each["version"] for each in ui.live(sandbox)}
    assert {each.address: (live[each.slug], "another-owner") for each in applied} == {
        address: (values["version"], values["owner"]) for address, values in found.items()
    }


@BOTH_CONTRACTS
def test_unconfigured_inputs_stay_after_a_publish(start: Start, capsys: pytest.CaptureFixture[str]) -> None:
    """The web UI set one configured input and all others, and one PUT for each app reverts the configured input."""
    sandbox, workspace = start()
    applied = apply(sandbox, workspace, workflows())
    set_in_ui = {each.slug: _set_in_ui(each) for each in applied}
    for each in applied:
        edited = each.edit("connection") | set_in_ui[each.slug]
        ui.replace(sandbox, each.slug, edited)
    before = puts(sandbox)
    found = planned(workspace)
    for each in applied:
        check_reverted(found[each.address], each, "connection", each.edit("connection"))
    workspace.apply(AT_ONCE).ok()
    assert sorted(f"/api/service/v1/app/{each.slug}" for each in applied) == sorted(puts(sandbox)[len(before) :])
    live = {each["slug"]: each["inputs"] for each in ui.live(sandbox)}
    for each in applied:
        wanted = {**each.published, **set_in_ui[each.slug]}
        assert _opened(_with_name(wanted)) == _opened(live[each.slug]), each.app.app_id
    assert {} == planned(workspace)
    with capsys.disabled():
        sys.stdout.write(f"\n{sum(map(len, set_in_ui.values()))} unconfigured inputs of {len(applied)} apps survive\n")


def _set_in_ui(each: Applied) -> dict[str, Any]:
    left = {name: sent(value) for name, value in all_inputs(each.app).items() if name not in each.configured}
    return {name: value for name, value in left.items() if name not in NEVER_RETURNED}


def _with_name(inputs: dict[str, Any]) -> dict[str, Any]:
    """Return the inputs with the connection's qualified name, which a run needs and a publish adds."""
    name = opened(inputs["connection"])["attributes"]["qualifiedName"]
    return {"connection_qualified_name": name, **inputs}


def puts(sandbox: Sandbox) -> list[str]:
    """Return the path of each successful PUT, in order."""
    return [each["path"] for each in sandbox.requests() if (each["method"], each["status"]) == ("PUT", 200)]


@BOTH_CONTRACTS
def test_hidden_inputs_are_published_again_after_another_version_alone(start: Start) -> None:
    """The plan warns about each app with another version and updates it, and has no changes for the others."""
    sandbox, workspace = start(surface_inputs=False)
    applied = apply(sandbox, workspace, workflows())
    for each in applied:
        sandbox.hand_over(each.slug, "another-owner")
    for each in applied[::2]:
        ui.replace(sandbox, each.slug, each.edit("connection"))
    before = puts(sandbox)
    result = workspace.plan(AT_ONCE, "-json").ok()
    warned = {each["address"] for each in result.diagnostics if "may have changed" in each["summary"]}
    changed = {event["change"]["resource"]["addr"] for event in result.events if event["type"] == "planned_change"}
    assert {each.address for each in applied[::2]} == warned == changed
    workspace.apply(AT_ONCE).ok()
    assert sorted(f"/api/service/v1/app/{each.slug}" for each in applied[::2]) == sorted(puts(sandbox)[len(before) :])
    assert {} == planned(workspace)


FILTER = {"^a$": ["^b$"], "^c$": []}
EDITS: dict[str, tuple[str, Any, Any]] = {
    "nested key changed": ("include_filter", FILTER, {"^a$": ["^x$"], "^c$": []}),
    "nested key added": ("include_filter", FILTER, {**FILTER, "^d$": []}),
    "nested key removed": ("include_filter", FILTER, {"^c$": []}),
    "object emptied": ("include_filter", FILTER, {}),
    "nested key of JSON text changed": ("exclude_filter", json.dumps(FILTER), json.dumps({**FILTER, "^c$": ["^d$"]})),
    "JSON text of a list changed": ("control_config", "[1, 2]", "[2]"),
    "JSON text made a list": ("control_config", '{"a": 1}', "[1]"),
    "plain text made JSON": ("control_config", "", '{"a": [1]}'),
    "JSON text made plain": ("control_config", '{"a": [1]}', "none"),
    "number inside": ("control_config", '{"a": 1}', '{"a": 1.5}'),
    "value made null": ("agent_json", {"a": 1}, None),
}
CONNECTION_EDITS: dict[str, tuple[str, dict[str, Any]]] = {
    "renamed": ("name", {"name": "another name"}),
    "an admin more": ("admin_users", {"adminUsers": ["admin", "second-admin"]}),
    "other admins": ("admin_users", {"adminUsers": ["second-admin"]}),
    "another group": ("admin_groups", {"adminGroups": ["another-group"]}),
    "no group": ("admin_groups", {"adminGroups": []}),
}


@BOTH_CONTRACTS
def test_an_edit_inside_an_input_is_planned_back_in_the_form_it_was_written_in(start: Start) -> None:
    """The plan changes only the edited input, and JSON text stays text."""
    given = {what: json.dumps(json.dumps({name: before})) for what, (name, before, _) in EDITS.items()}
    sandbox, workspace = start(_crawlers({what: f"inputs = jsondecode({text})" for what, text in given.items()}))
    workspace.apply(AT_ONCE).ok()
    slugs = {each["name"]: each["slug"] for each in ui.live(sandbox)}
    for what, (name, _, after) in EDITS.items():
        ui.publish(sandbox, slugs[what], **{name: after})
    changes = planned(workspace)
    assert {_address(what) for what in EDITS} == changes.keys()
    found = {what: _changed_inputs(changes[_address(what)]) for what in EDITS}
    assert {what: {name: (after, before)} for what, (name, before, after) in EDITS.items()} == found
    workspace.apply(AT_ONCE).ok()
    assert {} == planned(workspace)


def test_an_edit_of_the_attribute_connection_is_planned_back_alone(start: Start) -> None:
    """The plan updates only the edited attribute of the connection. Attributes that are not configured stay."""
    sandbox, workspace = start(_crawlers(dict.fromkeys(CONNECTION_EDITS, "inputs = { hidden_datasets = true }")))
    workspace.apply(AT_ONCE).ok()
    for each in ui.live(sandbox):
        _, attributes = CONNECTION_EDITS[each["name"]]
        edited = with_attributes(each["inputs"], rowLimit=100, **attributes)
        ui.publish(sandbox, each["slug"], **edited)
    changes = planned(workspace)
    assert {_address(what) for what in CONNECTION_EDITS} == changes.keys()
    for what, (name, _) in CONNECTION_EDITS.items():
        change = changes[_address(what)]
        assert ["update"] == change["actions"]
        assert {"asset_connection"} | PUBLISHED == differing(change["before"], change["after"]).keys()
        assert {name} == differing(change["before"]["asset_connection"], change["after"]["asset_connection"]).keys()
    workspace.apply(AT_ONCE).ok()
    assert {} == planned(workspace)
    kept = [opened(each["inputs"]["connection"])["attributes"]["rowLimit"] for each in ui.live(sandbox)]
    assert [100] * len(CONNECTION_EDITS) == kept


@BOTH_CONTRACTS
def test_an_input_that_was_removed_or_reads_back_as_another_type_is_planned_back(start: Start) -> None:
    """A missing key and a value of another type are edits that the plan reverts."""
    chosen = {"hidden_datasets": True, "temp_table_regex": "x", "include_filter": FILTER}
    given = f"inputs = jsondecode({json.dumps(json.dumps(chosen))})"
    odd: dict[str, Any] = {"removed": None, "text": "true", "number": 7, "list": [True]}
    sandbox, workspace = start(_crawlers(dict.fromkeys(odd, given)))
    workspace.apply(AT_ONCE).ok()
    for name in chosen:
        for each in ui.live(sandbox):
            args = {key: value for key, value in each["inputs"].items() if key != name}
            sandbox.show_args(each["slug"], args if each["name"] == "removed" else args | {name: odd[each["name"]]})
        changes = planned(workspace)
        assert {_address(what) for what in odd} == changes.keys(), name
        found = {what: _changed_inputs(changes[_address(what)]) for what in odd}
        wanted = {what: {name: (_as_read(chosen[name], value), chosen[name])} for what, value in odd.items()}
        assert wanted == found


def _as_read(configured: Any, value: Any) -> Any:
    return json.dumps(value) if isinstance(configured, str) and isinstance(value, list) else value


def _changed_inputs(change: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    assert ["update"] == change["actions"]
    assert {"inputs"} | PUBLISHED == differing(change["before"], change["after"]).keys()
    return differing(change["before"]["inputs"], change["after"]["inputs"])


def _address(what: str) -> str:
    return f"atlan_app.{what.replace(' ', '_')}"


def _crawlers(bodies: dict[str, str]) -> str:
    """Return a BigQuery crawler for each name, with its own connection and a body."""
    return "\n".join(
        f"""
        resource "atlan_app" "{what.replace(" ", "_")}" {{
          app_id     = "bigquery-crawler"
          name       = "{what}"
          asset_connection = {{ name = "{what}", admin_users = ["admin"], admin_groups = ["group"] }}
          {body}
        }}
        """
        for what, body in bodies.items()
    )
