"""A configuration for each operation of the SDK's app client: the tenant receives the same requests from both."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_plus

import pytest

from tests.acceptance.conftest import Start
from tests.support.configurations import CONNECTION, app, schedule
from tests.support.sandbox import Sandbox
from tests.support.sandbox_pool import BOTH_CONTRACTS, SandboxPool
from tests.support.sdk_workflows import client, every_page, wait_for_end
from tests.support.ui import create, submit
from tests.support.vendor_sdk import AppSchedule, AtlanClient, accepts_sdk_warnings

pytestmark = accepts_sdk_warnings

APP = "bigquery-crawler"
NAME = "new"
OPTIONS: dict[str, Any] = {"page_size": 2, "surface_schedules": True, "run_seconds": 600}
OTHERS = [f"other {number}" for number in range(5)]
INPUTS = {"connection": CONNECTION}
CHANGED = {**INPUTS, "connection_qualified_name": "default/bigquery/1700000000", "hidden_datasets": True}
CONTRACT = f"GET apps/{APP}/inputs?entrypoint=crawler"
VARIABLES = 'variable "slug" {}\nvariable "run_id" {}\n'
RUN = """
resource "atlan_app_run" "it" {
  slug = %s
  wait_for_completion = %s
}
"""
STATUS = 'output "returned" { value = atlan_app_run.it }'
SCHEDULE = """
resource "atlan_app_schedule" "it" {
  slug = var.slug
  cron = "30 2 * * 1-5"
}
"""
ATTACHED = 'output "returned" { value = atlan_app_schedule.it }'
GET = """
data "atlan_app" "it" { slug = var.slug }
output "returned" { value = data.atlan_app.it }
"""
LIST = """
data "atlan_apps" "it" { %s }
output "returned" { value = { names = data.atlan_apps.it.apps[*].name } }
"""
LOOK = """
data "atlan_app_run" "it" { run_id = var.run_id }
output "returned" { value = data.atlan_app_run.it }
"""
DESCRIBE = f"""
data "atlan_app_info" "it" {{ app_id = "{APP}" }}
output "returned" {{ value = data.atlan_app_info.it }}
"""
TAKES = f"""
data "atlan_app_contract" "it" {{
  app_id     = "{APP}"
  entrypoint = "crawler"
}}
output "returned" {{
  value = {{ names = keys(data.atlan_app_contract.it.properties), required = data.atlan_app_contract.it.required }}
}}
"""


@dataclass(frozen=True)
class Prepared:
    """The objects on both tenants before an operation: the slug of one workflow, the run of another one."""

    slug: str
    run_id: str


Returned = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """An operation: the SDK's call, the configurations that are applied in turn, and what the tenant receives.

    `sdk` returns values that the output `returned` of the last configuration contains, too. `received` are the
    requests of both. `instead` are those of the configuration, if they differ. `besides` are reads that only the
    configuration needs. `run` are the statuses of a submitted run: the first at once, one more at each read.
    """

    operation: str
    sdk: Callable[[AtlanClient, Prepared], Returned]
    configurations: tuple[str, ...]
    received: tuple[str, ...]
    instead: tuple[str, ...] = ()
    besides: tuple[str, ...] = ()
    run: tuple[str, ...] = ("Pending",)


def _create(sdk: AtlanClient, **more: Any) -> str:
    slug: str = sdk.app.create(APP, NAME, INPUTS, entrypoint="crawler", **more).slug
    return slug


def _made(sdk: AtlanClient, _: Prepared) -> Returned:
    _create(sdk, run=False)
    return {}


def _made_and_run(sdk: AtlanClient, _: Prepared) -> Returned:
    _create(sdk)
    return {}


def _made_with_a_schedule(sdk: AtlanClient, _: Prepared) -> Returned:
    _create(sdk, run=False, schedule=AppSchedule(cron="0 6 * * *", timezone="Europe/Berlin"))
    return {}


def _updated(sdk: AtlanClient, _: Prepared) -> Returned:
    sdk.app.update(_create(sdk, run=False), CHANGED, entrypoint="crawler")
    return {}


def _deleted(sdk: AtlanClient, _: Prepared) -> Returned:
    sdk.app.delete(_create(sdk, run=False))
    return {}


def _got(sdk: AtlanClient, made: Prepared) -> Returned:
    found = sdk.app.get(made.slug)
    return {name: getattr(found, name) for name in ("name", "app_id", "owner", "schedules")}


def _found(sdk: AtlanClient, _: Prepared) -> Returned:
    return {"names": [each.name for each in sdk.app.get_all(name=OTHERS[3]).workflows]}


def _listed(sdk: AtlanClient, _: Prepared) -> Returned:
    return {"names": [each.name for each in every_page(sdk)]}


def _submitted(sdk: AtlanClient, made: Prepared) -> Returned:
    return {"status": sdk.app.submit(made.slug).status}


def _polled(sdk: AtlanClient, made: Prepared) -> Returned:
    return {"status": wait_for_end(sdk, sdk.app.submit(made.slug).run_id).status}


def _looked_at(sdk: AtlanClient, made: Prepared) -> Returned:
    run = sdk.app.get_run(made.run_id)
    return {name: getattr(run, name) for name in ("status", "is_terminal", "is_success")}


def _cancelled(sdk: AtlanClient, made: Prepared) -> Returned:
    sdk.app.cancel_run(sdk.app.submit(made.slug).run_id)
    return {}


def _scheduled(sdk: AtlanClient, made: Prepared) -> Returned:
    added = sdk.app.add_schedule(made.slug, "30 2 * * 1-5")
    return {"cron": added.cron, "timezone": added.timezone}


def _unscheduled(sdk: AtlanClient, made: Prepared) -> Returned:
    sdk.app.remove_schedule(made.slug, sdk.app.add_schedule(made.slug, "30 2 * * 1-5").trigger_id)
    return {}


def _described(sdk: AtlanClient, _: Prepared) -> Returned:
    info = sdk.app.describe(APP)
    known = {name: getattr(info, name) for name in ("app_id", "name", "native_ready", "execution_mode")}
    return known | {"entrypoints": [each.name for each in info.entrypoints]}


def _contract(sdk: AtlanClient, _: Prepared) -> Returned:
    contract = sdk.app.get_input_contract(APP, "crawler")
    return {"names": sorted(contract.field_names()), "required": contract.required_fields()}


ROWS = [
    Row("create", _made, (app(name=NAME),), ("POST app",), besides=(CONTRACT, "GET app/<new>")),
    Row(
        "create and run",
        _made_and_run,
        (app(name=NAME) + RUN % ("atlan_app.crawler.slug", "false"),),
        ("POST app",),
        instead=("POST app", "POST app/<new>/submit"),
        besides=(CONTRACT, "GET app/<new>"),
    ),
    Row(
        "create with a schedule",
        _made_with_a_schedule,
        (app(name=NAME) + schedule(timezone="Europe/Berlin"),),
        ("POST app",),
        instead=("POST app", "POST app/<new>/schedule"),
        besides=(CONTRACT, "GET app/<new>"),
    ),
    Row(
        "update",
        _updated,
        (app(name=NAME), app(name=NAME, hidden_datasets=True)),
        ("POST app", "PUT app/<new>"),
        besides=(CONTRACT, "GET app/<new>"),
    ),
    Row(
        "delete",
        _deleted,
        (app(name=NAME), ""),
        ("POST app", "DELETE app/<new>"),
        besides=(CONTRACT, "GET app/<new>"),
    ),
    Row("get", _got, (GET,), ("GET app/<other 0>",), besides=(f"GET apps/{APP}/inputs",)),
    Row("list by name", _found, (LIST % f'name = "{OTHERS[3]}"',), ("GET app?name=other 3",)),
    Row(
        "list over three pages",
        _listed,
        (LIST % "",),
        ("GET app", "GET app?cursor=<next>", "GET app?cursor=<next>"),
    ),
    Row(
        "submit",
        _submitted,
        (RUN % ("var.slug", "false") + STATUS,),
        ("POST app/<other 0>/submit",),
    ),
    Row(
        "poll to the end",
        _polled,
        (RUN % ("var.slug", "true") + STATUS,),
        ("POST app/<other 0>/submit", "GET app/runs/<id>", "GET app/runs/<id>"),
        run=("Pending", "Running", "Succeeded"),
    ),
    Row("poll once", _looked_at, (LOOK,), ("GET app/runs/<id>",)),
    Row(
        "cancel",
        _cancelled,
        (RUN % ("var.slug", "false"), ""),
        ("POST app/<other 0>/submit", "POST app/runs/<id>/cancel"),
        besides=("GET app/runs/<id>",),
    ),
    Row(
        "add a schedule",
        _scheduled,
        (SCHEDULE + ATTACHED,),
        ("POST app/<other 0>/schedule",),
        besides=("GET app/<other 0>",),
    ),
    Row(
        "remove a schedule",
        _unscheduled,
        (SCHEDULE, ""),
        ("POST app/<other 0>/schedule", "DELETE app/<other 0>/schedule/<id>"),
        besides=("GET app/<other 0>",),
    ),
    Row("describe", _described, (DESCRIBE,), (f"GET apps/{APP}",)),
    Row("contract", _contract, (TAKES,), (CONTRACT,)),
]


@dataclass(frozen=True)
class Received:
    """The result of an operation: the requests, the workflows without generated values, and the returned values."""

    requests: list[str]
    workflows: list[dict[str, Any]]
    returned: Returned


def _prepare(sandbox: Sandbox, row: Row) -> Prepared:
    """Create five workflows, a run of the last one, and the statuses of the next run."""
    slugs = [create(sandbox, name) for name in OTHERS]
    run_id = submit(sandbox, slugs[-1])
    sandbox.expect_run(*row.run)
    return Prepared(slugs[0], run_id)


def _request(entry: dict[str, Any], names: dict[str, str]) -> str:
    """Return a request such as ``PUT app/<new>``: with the workflow's name for its slug, and without other ids."""
    path = entry["path"].removeprefix("/api/service/v1/")
    for slug, name in names.items():
        path = path.replace(slug, f"<{name}>")
    path = re.sub("(app/runs|schedule)/[0-9a-f-]{36}", r"\1/<id>", path)
    query = re.sub("cursor=[^&]+", "cursor=<next>", unquote_plus(entry["query"]))
    return f"{entry['method']} {path}" + (f"?{query}" if query else "")


def _stored(workflow: dict[str, Any]) -> dict[str, Any]:
    return {
        **{key: value for key, value in workflow.items() if key not in ("slug", "version")},
        "schedules": [(each["cron"], each["timezone"]) for each in workflow["schedules"]],
        "runs": [each["status"] for each in workflow["runs"]],
    }


def _received(sandbox: Sandbox, before: int, returned: Returned) -> Received:
    stored = sandbox.workflows()
    names = {each["slug"]: each["name"] for each in stored}
    requests = [each for each in sandbox.requests() if each["path"].startswith("/api/")]
    return Received([_request(each, names) for each in requests[before:]], [_stored(each) for each in stored], returned)


def _count(sandbox: Sandbox) -> int:
    return len([each for each in sandbox.requests() if each["path"].startswith("/api/")])


@pytest.fixture
def vendor_sandbox(sandboxes: SandboxPool, contracts: str) -> Iterator[Sandbox]:
    """The sandbox of the SDK."""
    with sandboxes.lend(contracts=contracts, **OPTIONS) as sandbox:
        yield sandbox


def by_sdk(sandbox: Sandbox, row: Row) -> Received:
    """Return what the tenant receives from the SDK's call."""
    sandbox.reset()
    made = _prepare(sandbox, row)
    before = _count(sandbox)
    with client(sandbox) as sdk:
        returned = row.sdk(sdk, made)
    return _received(sandbox, before, returned)


def by_configuration(start: Start, row: Row) -> Received:
    """Return what another tenant receives while the configurations are applied in turn."""
    sandbox, workspace = start(**OPTIONS)
    made = _prepare(sandbox, row)
    before = _count(sandbox)
    workspace.env |= {"TF_VAR_slug": made.slug, "TF_VAR_run_id": made.run_id}
    workspace.write(VARIABLES, "variables.tf")
    for configuration in row.configurations:
        workspace.write(configuration)
        workspace.apply().ok()
    return _received(sandbox, before, workspace.outputs().get("returned", {}))


@BOTH_CONTRACTS
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.operation)
def test_a_configuration_does_what_the_sdk_does(start: Start, vendor_sandbox: Sandbox, row: Row) -> None:
    """Requests (except for named reads), workflows, runs, schedules and returned values are the same."""
    sdk, configuration = by_sdk(vendor_sandbox, row), by_configuration(start, row)
    assert list(row.received) == sdk.requests
    asked = [each for each in configuration.requests if each not in row.besides]
    assert list(row.instead or row.received) == asked
    assert set(row.besides) <= set(configuration.requests)
    assert sdk.workflows == configuration.workflows
    assert sdk.returned == {name: configuration.returned[name] for name in sdk.returned}
