"""The modules and the SDK's builders publish the same for each app and for each way to give a credential.

The same means key by key. The provider never sends a null, and a credential and a new connection have generated names,
so these are not compared. Filters with special characters are the subject of
test_filters.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scripts.lib.app_facts import apps
from scripts.lib.app_facts.credentials import ways, write_only
from scripts.lib.modules import inputs, signing_in, trial
from tests.acceptance.conftest import Start
from tests.support.campaigns.modules import call, write
from tests.support.sandbox import Sandbox
from tests.support.sandbox_pool import BOTH_CONTRACTS
from tests.support.sdk_payloads import payload
from tests.support.sdk_workflows import ADMIN, SCOPE, Case, client, create
from tests.support.ui import live
from tests.support.vendor_sdk import AtlanClient, accepts_sdk_warnings

CASES = [Case(app, way) for app in apps.load() for way in (ways(app) or (None,))]
STEPS = {"delivery_type": "export_via", "extraction_type": "source"}
"""The builders' methods for the inputs without which an app does not sign in by a way."""

SECONDS = 400.0


def _least(case: Case) -> dict[str, Any]:
    """Return the required parameters of the credential."""
    return dict(signing_in.least(case.way)) if case.way else {}


def _every(case: Case) -> dict[str, Any]:
    """Return every parameter of the credential."""
    places = {"host": "source.example.com", "port": 4321}
    named = {each.name for each in case.way.parameters} if case.way else set()
    return case.given | {name: value for name, value in places.items() if name in named}


GIVEN = {"the required parameters": _least, "every parameter": _every}


USES = [(case, given) for case in CASES for given in (GIVEN if case.way else ["every parameter"])]
"""Each module with each way to sign in, with few and with many parameters. A module without a way is there once."""


def _name(client_name: str, given: str, case: Case) -> str:
    return f"{case.label} by {client_name} with {given}"


def _variables(case: Case, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the variables that a user must set."""
    if case.way is None:
        variables = {"connection": {"qualified_name": case.qualified_name}}
    else:
        connection = {"name": case.connection_name, "admin_users": [ADMIN]}
        variables = {"connection": connection, **trial.signed_in(case.way, given)}
    return variables | {each.name: SCOPE for each in inputs.fields(case.app) if each.required}


def _create_by_builder(sdk: AtlanClient, case: Case, given: str) -> None:
    mode = signing_in.mode(case.way) if case.way else {}
    steps = {STEPS[name]: value for name, value in mode.items()}
    create(sdk, case, _name("builder", given, case), GIVEN[given](case), steps)


def _called(case: Case, given: str) -> str:
    name = _name("module", given, case)
    return call(name.replace(" ", "_"), case.app, _variables(case, GIVEN[given](case)) | {"name": name})


def _published(sandbox: Sandbox, client_name: str) -> dict[str, str]:
    """Return the payloads of a client by the name of the use."""
    workflows = {each["name"]: each for each in live(sandbox)}
    return {
        f"{case.label} with {given}": payload(sandbox, case, workflows[_name(client_name, given, case)])
        for case, given in USES
    }


@accepts_sdk_warnings
@BOTH_CONTRACTS
def test_a_module_publishes_what_the_builder_does(start: Start) -> None:
    """A module with its required variables sends each input as the builder does, and its next plan has no changes.

    The SDK names a credential by the second, and its builders take no other name, so names are not unique here.
    """
    sandbox, workspace = start(unique_credential_names=False)
    workspace.seconds = SECONDS
    for case in CASES:
        if case.way is None:
            sandbox.make_connection(case.qualified_name, case.connection_name, adminUsers=[ADMIN])
    with client(sandbox) as sdk:
        for case, given in USES:
            _create_by_builder(sdk, case, given)
    write(workspace, [_called(case, given) for case, given in USES])
    workspace.apply("-parallelism=20").ok()

    expected, actual = _published(sandbox, "builder"), _published(sandbox, "module")
    different = [use for use in expected if expected[use] != actual[use]]
    assert [(use, expected[use]) for use in different] == [(use, actual[use]) for use in different]
    _check_secrets(sandbox)
    assert {} == workspace.plan_changes()


def _check_secrets(sandbox: Sandbox) -> None:
    """Check that each stored credential has the given values: payloads show secrets without their values."""
    workflows = {each["name"]: each for each in live(sandbox)}
    for case, given in USES:
        if case.way:
            whole = write_only(case.way, GIVEN[given](case))
            stored = {name: whole[name] for name in ("password", "extra") if name in whole}
            guid = workflows[_name("module", given, case)]["inputs"][case.way.input_field]
            assert sandbox.verify(guid, **stored), (case.label, given)


def test_the_table_has_every_module_and_every_way() -> None:
    """There are 38 modules, 65 ways to sign in, and 9 modules without one."""
    with_way = [case for case in CASES if case.way]
    assert (38, 65, 9) == (len({case.app.app_id for case in CASES}), len(with_way), len(CASES) - len(with_way))
