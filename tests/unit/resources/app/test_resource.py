"""The life of a workflow: what each call sends and returns."""

import time
from types import SimpleNamespace
from typing import Any

import pytest

from provider.client.errors import Conflict, NoAnswer, NotFound, ServerError, UnprovenNotFound
from provider.contracts.schema import Contract
from provider.framework import GONE, PlanContext, Unknown, UserError
from provider.resources.app.resource import AppResource
from tests.support.app_resource import (
    NEW,
    OWN,
    SLUG,
    Workflows,
    app_context,
    app_state,
    stored_workflow,
    summaries,
)
from tests.support.marketplace import app_ids
from tests.support.provider_data import provider_data
from tests.support.tenants import ON_TENANT

INPUTS = {"flag": True}
CARRIED = {"connection": {"typeName": "Connection", "attributes": {"qualifiedName": OWN, "name": "analytics"}}}
CONFIG = app_state(inputs=INPUTS, asset_connection=NEW)
PLANNED = {
    **CONFIG,
    "asset_connection": {**NEW, "qualified_name": Unknown, "connector_name": "bigquery"},
    **dict.fromkeys(("id", "slug", "version", "owner", "execution_mode", "credential_guid"), Unknown),
}
CURRENT = app_state(inputs=INPUTS, version=7, published_version=7, owner="admin", execution_mode="native")
CONTRACT = Contract({"properties": {"flag": {"type": "boolean"}, "connection": {}, "credential_guid": {}}})
PATH = {"method": "GET", "path": f"/api/service/v1/app/{SLUG}"}


def resource(client: Any, **data: Any) -> AppResource:
    contracts = SimpleNamespace(fetch=lambda *_, **__: CONTRACT)
    refresh = SimpleNamespace(read=lambda _slug, get, _proof: get())
    known = {"contracts": contracts, "refresh": refresh, "app_ids": app_ids(), "validates_inputs": True}
    return AppResource(provider_data(client, **{**known, **data}))


def test_a_create_saves_its_state_before_it_reads_back() -> None:
    """A read that fails is a warning."""
    client, ctx = (
        Workflows(stored_workflow({**INPUTS, "credential_guid": "guid-1"}, owner="admin")),
        app_context(CONFIG),
    )
    state = resource(client).create(ctx, PLANNED)
    assert (SLUG, 7, "admin", "guid-1") == tuple(state[name] for name in ("id", "version", "owner", "credential_guid"))
    assert ctx.saved is not None
    assert (None, None) == (ctx.saved["owner"], ctx.saved["credential_guid"])


def test_a_read_returns_gone_only_if_the_service_says_so() -> None:
    """Any other error keeps the state."""
    client = Workflows(stored_workflow({"flag": False}, version=8))
    assert {"flag": False} == resource(client).read(app_context(), CURRENT)["inputs"]  # type: ignore[index]
    client.errors = [NotFound("no such workflow", status=404, **PATH), NoAnswer("no answer in time", **PATH)]
    assert GONE is resource(client).read(app_context(**ON_TENANT), CURRENT)
    with pytest.raises(NoAnswer):
        resource(client).read(app_context(), CURRENT)


def unproven() -> UnprovenNotFound:
    return UnprovenNotFound("no such workflow", status=404, **PATH)


@pytest.mark.parametrize(
    ("workflows", "expected", "warned"),
    [
        pytest.param([stored_workflow()], CURRENT, f"{SLUG} could not be read and keeps its state", id="listed"),
        pytest.param([], GONE, f"{SLUG} is gone", id="not listed"),
    ],
)
def test_a_read_that_proves_nothing_is_decided_by_the_list(workflows: Any, expected: Any, warned: str) -> None:
    """A 404 without a code removes the workflow only if the list does not contain it."""
    client, ctx = Workflows(*workflows), app_context(**ON_TENANT)
    client.errors = [unproven()]
    assert expected == resource(client).read(ctx, CURRENT)
    assert ([warned], not workflows) == (summaries(ctx), ctx.was_found)


CALLS: dict[str, Any] = {
    "read": lambda app, ctx: app.read(ctx, CURRENT),
    "update": lambda app, ctx: app.update(ctx, CURRENT, {**CURRENT, "version": Unknown}),
    "delete": lambda app, ctx: app.delete(ctx, CURRENT),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
@pytest.mark.parametrize("code", ["404", None])
def test_nothing_is_gone_while_the_tenant_of_the_state_is_not_known(call: Any, code: str | None) -> None:
    """The workflow may be on another tenant, whose list does not contain it either. No warning says that it is gone."""
    client, ctx = Workflows(), app_context(CONFIG)

    def missing(slug: str) -> None:
        raise (NotFound if code else UnprovenNotFound)("no such workflow", status=404, code=code, **PATH)

    client.get_workflow = client.delete_workflow = missing  # type: ignore[attr-defined, assignment, method-assign]
    with pytest.raises(UserError, match=f"{SLUG} was not found, and state does not say on which tenant it is"):
        call(resource(client), ctx)
    assert [] == summaries(ctx)


def test_a_read_that_proves_nothing_keeps_the_state_if_the_list_fails() -> None:
    """The error is that of the read."""
    client = Workflows()
    client.errors = [unproven(), NoAnswer("no answer in time", **PATH)]
    with pytest.raises(UnprovenNotFound, match="the list of workflows could not be read"):
        resource(client).read(app_context(), CURRENT)


@pytest.mark.parametrize(
    ("age", "is_created", "expected"), [(5, True, CURRENT), (5, False, GONE), (-5, True, CURRENT), (3600, True, GONE)]
)
def test_a_new_workflow_keeps_its_state(age: float, is_created: bool, expected: Any) -> None:
    """In the first minute after its create, whichever process created it. After an update, the list decides."""
    client = Workflows()
    client.errors = [NotFound("no such workflow", status=404, code="404", **PATH)]
    moment = time.time() - age
    private = {**ON_TENANT, "published_at": moment, **({"created_at": moment} if is_created else {})}
    assert expected == resource(client).read(app_context(**private), CURRENT)


def test_a_create_records_its_time_and_waits_until_the_slug_is_found() -> None:
    """A slug that answers 404 once is read again, so the state is complete and nothing is warned."""
    client, ctx = Workflows(stored_workflow(owner="admin")), app_context(CONFIG)
    answers = [NotFound("no such workflow", status=404, code="404", **PATH)]

    def get(slug: str) -> Any:
        if answers:
            raise answers.pop()
        return client.workflows[slug]

    client.get_workflow = get  # type: ignore[method-assign]
    assert "admin" == resource(client).create(ctx, PLANNED)["owner"]
    assert ([], True) == (summaries(ctx), abs(ctx.private["published_at"] - time.time()) < 60)
    assert ctx.private["created_at"] == ctx.private["published_at"]


def test_an_update_publishes_only_what_the_plan_says() -> None:
    """The version is unknown in a plan that publishes."""
    client = Workflows(stored_workflow({"flag": True, "ui": 1}))
    unpublished = {**CURRENT, "timeouts": {"update": "1m"}}
    assert unpublished == resource(client).update(app_context(CONFIG), CURRENT, unpublished)
    assert [] == client.sent
    planned = {**CURRENT, "inputs": {"flag": False}, "version": Unknown}
    state = resource(client).update(app_context(app_state(inputs={"flag": False})), CURRENT, planned)
    assert ([{"slug": SLUG, "inputs": {"flag": False, "ui": 1}, "entrypoint": None}], 8) == (
        client.sent,
        state["version"],
    )


def test_an_update_of_a_workflow_that_is_gone_is_an_error() -> None:
    """The next plan creates a new one."""
    client = Workflows()
    client.errors = [NotFound("no such workflow", status=404, **PATH)]
    with pytest.raises(UserError, match=f"{SLUG} no longer exists"):
        resource(client).update(app_context(CONFIG, **ON_TENANT), CURRENT, {**CURRENT, "version": Unknown})


def test_a_publish_that_cannot_be_read_shows_no_former_secret() -> None:
    """The service may repeat the secret before the rotation."""
    client, found = Workflows(stored_workflow(INPUTS)), list[str]()

    def get_workflow(slug: str) -> Any:
        found.append(slug)
        if len(found) > 1:
            raise ServerError("former", status=500, **PATH)
        return Workflows.get_workflow(client, slug)

    client.get_workflow = get_workflow  # type: ignore[method-assign]
    ctx = app_context(CONFIG, vaulted_credential=True)
    resource(client).update(ctx, CURRENT, {**CURRENT, "version": Unknown, "credential_guid": Unknown})
    (found_warning,) = ctx.diagnostics.diagnostics
    assert f"The owner and credential of {SLUG} are not known yet" == found_warning.summary
    assert "former" not in found_warning.detail


@pytest.mark.parametrize(("archived", "expected"), [(True, None), (False, f"{SLUG} was not archived")])
def test_a_delete_archives(archived: bool, expected: str | None) -> None:
    """An answer that nothing was archived is an error."""
    client = Workflows()
    client.delete_workflow = lambda _slug: SimpleNamespace(archived=archived)  # type: ignore[attr-defined]
    if expected is None:
        resource(client).delete(app_context(**ON_TENANT), CURRENT)
        return
    with pytest.raises(UserError, match=expected):
        resource(client).delete(app_context(**ON_TENANT), CURRENT)


def test_a_delete_of_a_workflow_that_is_gone_succeeds() -> None:
    """It is archived already."""

    def delete(slug: str) -> None:
        raise NotFound("no such workflow", status=404, **PATH)

    client = Workflows()
    client.delete_workflow = delete  # type: ignore[attr-defined]
    resource(client).delete(app_context(**ON_TENANT), CURRENT)


@pytest.mark.parametrize("listed", [True, False])
def test_a_delete_that_proves_nothing_is_decided_by_the_list(listed: bool) -> None:
    """A workflow that the list contains stays in state."""

    def delete(slug: str) -> None:
        raise unproven()

    client = Workflows(*([stored_workflow()] if listed else []))
    client.delete_workflow = delete  # type: ignore[attr-defined]
    if not listed:
        resource(client).delete(app_context(**ON_TENANT), CURRENT)
        return
    with pytest.raises(UnprovenNotFound, match=f"the list of workflows contains {SLUG}"):
        resource(client).delete(app_context(), CURRENT)


def test_a_plan_checks_what_the_apply_publishes() -> None:
    """A replacement is checked when it is planned once more as a create."""
    wrong = {**CONFIG, "inputs": {"flag": 1}}
    ctx = app_context(wrong, PlanContext)
    resource(Workflows()).plan(ctx, None, {**PLANNED, "inputs": {"flag": 1}})
    replacing = app_context(wrong, PlanContext)
    replacing.requires_replace = [["name"]]
    resource(Workflows()).plan(replacing, CURRENT, {**PLANNED, "inputs": {"flag": 1}, "slug": SLUG})
    expected = [
        "inputs.flag: expected true or false, got a number",
        "inputs.credential: it is probably required, but missing",
    ]
    assert (expected, []) == (summaries(ctx), summaries(replacing))


def test_a_plan_records_the_write_only_inputs_of_an_update() -> None:
    """After its check, because an input that only this plan adds is not one that the workflow has."""
    config = CURRENT | {"inputs_wo": {"a": 1}, "inputs_wo_version": 2}
    ctx = app_context(config, PlanContext)
    resource(Workflows(stored_workflow(CARRIED))).plan(ctx, CURRENT, {**config, "inputs_wo": None})
    assert [["a"]] == ctx.private["write_only_paths"]


def test_a_plan_without_settings_says_that_nothing_was_checked() -> None:
    """The provider block depends on an object that does not exist yet."""
    ctx = app_context(CONFIG, PlanContext)
    planned = resource(None, is_known=False, validates_inputs=False).plan(ctx, None, PLANNED)
    assert (["The workflow was planned without a check"], {**PLANNED, "adopted": False}) == (summaries(ctx), planned)


def test_a_plan_of_a_destroy_says_what_stays() -> None:
    """The connection and its assets."""
    ctx = app_context(kind=PlanContext)
    assert None is resource(None).plan(ctx, CURRENT, None)
    assert ["Destroying a workflow leaves its connection and assets"] == summaries(ctx)


STORED = SimpleNamespace(is_archived=False, attributes={"name": "analytics", "rowLimit": 7})
ADOPTING: Any = {**PLANNED, "adopt_existing": True, "adopted": True, "slug": SLUG}


def test_a_create_adopts_nothing_that_the_plan_did_not_show() -> None:
    """Somebody created a workflow with the name after the plan."""
    client = Workflows(stored_workflow(CARRIED))
    client.errors = [Conflict("name exists", status=409, **PATH)]
    with pytest.raises(UserError, match="is taken") as raised:
        resource(client).create(app_context(CONFIG), {**PLANNED, "adopt_existing": True, "adopted": False})
    assert "Plan again" in raised.value.detail


def test_a_workflow_that_was_adopted_in_this_apply_is_not_archived() -> None:
    """Another address of the same apply removes it."""
    client, ctx = Workflows(stored_workflow(CARRIED), connection=STORED), app_context()
    app = resource(client)
    app.create(app_context(CONFIG), ADOPTING)
    sent = len(client.sent)
    app.delete(ctx, CURRENT)
    assert ([f"{SLUG} was left to another address"], []) == (summaries(ctx), client.sent[sent:])


def test_a_create_for_which_the_name_was_not_looked_up_adopts_nothing() -> None:
    """It creates a workflow with a complete connection."""
    client, unknown = Workflows(stored_workflow(CARRIED)), dict.fromkeys(NEW, Unknown)
    configured = {**NEW, "name": None}
    config = {**CONFIG, "asset_connection": configured}
    planned: Any = {**PLANNED, "adopt_existing": True, "adopted": Unknown}
    planned["asset_connection"] = {**unknown, "admin_users": configured["admin_users"]}
    state = resource(client).create(app_context(config), planned)
    attributes = client.sent[0]["inputs"]["connection"]["attributes"]
    assert (False, "prod", "bigquery") == (state["adopted"], attributes["name"], attributes["connectorName"])


def test_a_create_adopts_the_planned_workflow() -> None:
    """Its connection and its other inputs stay, and what is stored of the connection is sent."""
    client = Workflows(stored_workflow({**CARRIED, "ui": 1}), connection=STORED)
    state = resource(client).create(app_context(CONFIG), ADOPTING)
    assert (OWN, SLUG, 8) == (state["asset_connection"]["qualified_name"], state["slug"], state["version"])  # type: ignore[index,call-overload]
    assert (1, 7) == (client.sent[0]["inputs"]["ui"], client.sent[0]["inputs"]["connection"]["attributes"]["rowLimit"])
