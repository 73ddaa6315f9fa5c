"""Create, read, update, import and plan of a run."""

from typing import Any

import pytest

from provider.client.api import AtlanApi
from provider.client.errors import UnprovenNotFound
from provider.framework import GONE, PlanContext, TaintingError, Unknown, UserError
from provider.resources.run.resource import AppRunResource
from tests.support.http_server import Reply, ScriptedServer
from tests.support.provider_data import provider_data
from tests.support.run_resource import NOT_FOUND, context, running, warnings
from tests.support.tenants import ON_TENANT

STATE: dict[str, Any] = {
    "id": "r-1",
    "slug": "s-1",
    "triggers": {"version": "1"},
    "wait_for_completion": True,
    "cancel_on_destroy": True,
    "run_id": "r-1",
    "status": "Running",
    "started_at": None,
    "timeouts": None,
}
PLANNED = STATE | dict.fromkeys(("id", "run_id", "status", "started_at"), Unknown)
STARTED = {"status": "Pending", "started_at": "2026-01-01T00:00:00Z"}


@pytest.fixture
def resource(api: AtlanApi) -> AppRunResource:
    return AppRunResource(provider_data(api))


def test_a_run_that_is_not_waited_for_is_in_state_at_once(resource: AppRunResource, server: ScriptedServer) -> None:
    """With the time of its submit in private state."""
    server.plays(running(**STARTED))
    ctx = context()
    expected = STATE | STARTED | {"wait_for_completion": False}
    assert expected == resource.create(ctx, PLANNED | {"wait_for_completion": False}) == ctx.saved
    assert ["submitted_at"] == [*ctx.private]


@pytest.mark.parametrize("status", ["Succeeded", "Failed"])
def test_a_run_is_waited_for_until_it_ends(resource: AppRunResource, server: ScriptedServer, status: str) -> None:
    """Its last status is saved. A failure taints it, so that the next apply replaces it."""
    server.plays(running("Pending"), running(status))
    ctx = context()
    if status == "Succeeded":
        assert STATE | {"status": status} == resource.create(ctx, PLANNED)
    else:
        with pytest.raises(TaintingError, match="The run r-1 of s-1 ended as Failed"):
            resource.create(ctx, PLANNED)
    assert STATE | {"status": status} == ctx.saved


def test_a_wait_that_is_stopped_is_a_warning(resource: AppRunResource, server: ScriptedServer) -> None:
    """The next apply resumes it."""
    server.plays(running("Pending"), running())
    ctx = context()
    ctx.stop.set()
    assert "r-1" == resource.create(ctx, PLANNED)["run_id"]
    assert ["The run r-1 of s-1 is still active: the wait was interrupted"] == warnings(ctx)


@pytest.mark.parametrize(
    ("status", "needs_refresh"), [(None, True), ("Running", True), ("Succeeded", False), ("Failed", False)]
)
def test_a_run_that_has_ended_is_not_read(
    resource: AppRunResource, server: ScriptedServer, status: str | None, needs_refresh: bool
) -> None:
    """Nothing of it changes any more, so its read needs no settings."""
    server.always = lambda _: running("Paused")
    current = STATE | {"status": status}
    assert needs_refresh == resource.needs_refresh(current)
    assert STATE | {"status": "Paused" if needs_refresh else status} == resource.read(context(), current)
    assert needs_refresh == bool(server.requests)


def test_a_run_that_the_service_no_longer_knows_is_gone(resource: AppRunResource, server: ScriptedServer) -> None:
    """With a warning, because the next apply submits a new one."""
    server.plays(NOT_FOUND)
    ctx = context(**ON_TENANT)
    assert resource.read(ctx, STATE) is GONE
    assert ["The service no longer knows the run r-1 of s-1"] == warnings(ctx)


def test_a_404_without_a_code_keeps_the_run(resource: AppRunResource, server: ScriptedServer) -> None:
    """No list proves that a run is gone, so a refresh and a destroy are errors."""
    server.always = Reply(404, {"message": "no such run"})
    ctx = context()
    for call in (resource.read, resource.delete):
        with pytest.raises(UnprovenNotFound):
            call(ctx, STATE)


@pytest.mark.parametrize(
    ("current", "planned", "requests"),
    [
        pytest.param({}, {}, 1, id="resumed"),
        pytest.param({}, {"wait_for_completion": False}, 0, id="not waited for"),
        pytest.param({"status": "Succeeded"}, {"cancel_on_destroy": False}, 0, id="ended"),
    ],
)
def test_an_update_resumes_the_wait(
    resource: AppRunResource, server: ScriptedServer, current: Any, planned: Any, requests: int
) -> None:
    """The first apply after an import stores the configured triggers."""
    server.always = lambda _: running("Succeeded")
    ctx = context(imported=True)
    state = resource.update(ctx, STATE | current, PLANNED | planned)
    assert ("r-1", {}, requests) == (state["run_id"], ctx.private, len(server.requests))
    assert ("Succeeded" if requests else (STATE | current)["status"]) == state["status"]


@pytest.mark.parametrize(
    ("status", "warned"), [("Running", []), ("Succeeded", []), ("Failed", ["The run r-1 of s-1 ended as Failed"])]
)
def test_a_run_is_imported_by_its_id(
    resource: AppRunResource, server: ScriptedServer, status: str, warned: list[str]
) -> None:
    """A failed run will be replaced, which a warning says."""
    server.plays(running(status))
    ctx = context()
    assert STATE | {"triggers": None, "status": status} == resource.import_(ctx, "r-1")
    assert ({"imported": True}, warned) == (ctx.private, warnings(ctx))


@pytest.mark.parametrize(
    ("import_id", "reply", "expected"),
    [
        ("a/b", None, '"a/b" is not an import id of atlan_app_run'),
        ("r-1", NOT_FOUND, "There is no run r-1"),
        ("r-1", Reply(body={"run_id": "r-1", "status": "Running"}), "The run r-1 cannot be imported"),
    ],
)
def test_an_import_that_leads_to_no_run_is_an_error(
    resource: AppRunResource, server: ScriptedServer, import_id: str, reply: Reply | None, expected: str
) -> None:
    """The summary says why."""
    server.plays(*([reply] if reply else []))
    with pytest.raises(UserError) as raised:
        resource.import_(context(), import_id)
    assert expected == raised.value.summary


@pytest.mark.parametrize(
    ("current", "planned", "unknown", "replaces"),
    [
        pytest.param({}, {}, ["status", "started_at"], [], id="active: resumed"),
        pytest.param({}, {"wait_for_completion": False}, [], [], id="active, not waited for"),
        pytest.param({"status": "Succeeded"}, {}, [], [], id="succeeded"),
        pytest.param(
            {"status": "Failed"}, {}, ["id", "run_id", "status", "started_at"], [["status"]], id="failed: replaced"
        ),
        pytest.param({"status": "Failed"}, {"wait_for_completion": False}, [], [], id="failed, not waited for"),
    ],
)
def test_a_plan_resumes_or_replaces(
    resource: AppRunResource, current: Any, planned: Any, unknown: list[str], replaces: list[list[str]]
) -> None:
    """By the last status that is in state."""
    ctx = context(PlanContext)
    before = STATE | current
    found: Any = resource.plan(ctx, before, before | {"status": Unknown, "started_at": Unknown} | planned)
    assert (unknown, replaces) == ([name for name in found if found[name] is Unknown], ctx.requires_replace)


@pytest.mark.parametrize("is_imported", [True, False])
def test_the_triggers_of_an_imported_run_change_nothing(resource: AppRunResource, is_imported: bool) -> None:
    """The service does not store them."""
    ctx = context(PlanContext, **({"imported": True} if is_imported else {}))
    ctx.requires_replace = [["triggers"]]
    resource.plan(ctx, STATE | {"triggers": None}, STATE)
    assert ([] if is_imported else [["triggers"]]) == ctx.requires_replace
