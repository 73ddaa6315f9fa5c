"""Each operation: the request as the service receives it, and what its answer becomes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest

from provider.client.api import AtlanApi, build_client
from provider.client.errors import NoAnswer, RateLimited, RequestNotSent, UnusableAnswer
from provider.client.responses import (
    App,
    ArchivedWorkflow,
    CancelledRun,
    CreatedWorkflow,
    PublishedWorkflow,
    RemovedTrigger,
    Run,
    Trigger,
    Workflow,
    WorkflowPage,
)
from provider.client.retries import RetryPolicy
from tests.support.api_clients import KEY, FakeTime, LimitClock
from tests.support.http_server import Received, Reply, ScriptedServer


@dataclass(frozen=True)
class Case:
    name: str
    call: Callable[[AtlanApi], Any]
    method: str
    path: str
    answer: Any
    result: Any
    body: Any = None
    query: list[tuple[str, str]] = field(default_factory=list)


SLUG = "bigquery-prod-AbC123"
ROW = {"slug": SLUG, "name": "bigquery-prod", "version": 7, "owner": "some-admin", "app_id": "bigquery-crawler"}
APP = Workflow(slug=SLUG, name="bigquery-prod", version=7, owner="some-admin", app_id="bigquery-crawler")
CONTRACT = {"title": "AppInputContract", "type": "object", "properties": {"a": {}}, "$defs": {"B": {}}}

CASES = [
    Case(
        "create, the least",
        lambda api: api.create_workflow(app_id="bigquery-crawler", name="prod", inputs={"a": 1}),
        "POST",
        "app",
        {"slug": SLUG, "version": 7, "execution_mode": "native"},
        CreatedWorkflow(slug=SLUG, version=7, execution_mode="native"),
        body={"app_id": "bigquery-crawler", "name": "prod", "inputs": {"a": 1}, "run": False},
    ),
    Case(
        "create, all of it",
        lambda api: api.create_workflow(
            app_id="x",
            name="prod",
            inputs={},
            entrypoint="crawler",
        ),
        "POST",
        "app",
        {"slug": SLUG, "version": 7, "run_id": "r-1", "schedule_trigger_id": "t-1"},
        CreatedWorkflow(slug=SLUG, version=7),
        body={
            "app_id": "x",
            "name": "prod",
            "inputs": {},
            "entrypoint": "crawler",
            "run": False,
        },
    ),
    Case(
        "create leaves an empty entrypoint out, for the service refuses it",
        lambda api: api.create_workflow(app_id="x", name="prod", inputs={}, entrypoint=""),
        "POST",
        "app",
        {"slug": SLUG},
        CreatedWorkflow(slug=SLUG),
        body={"app_id": "x", "name": "prod", "inputs": {}, "run": False},
    ),
    Case(
        "list",
        lambda api: api.get_workflow_page(),
        "GET",
        "app",
        {"workflows": [ROW], "has_more": True, "next_cursor": "1"},
        WorkflowPage(workflows=[APP], has_more=True, next_cursor="1"),
    ),
    Case(
        "list, a page of one name",
        lambda api: api.get_workflow_page(name="größe & co", limit=2, cursor="a/b="),
        "GET",
        "app",
        {"workflows": None, "has_more": None, "next_cursor": None},
        WorkflowPage(workflows=[]),
        query=[("name", "größe & co"), ("limit", "2"), ("cursor", "a/b=")],
    ),
    Case(
        "find",
        lambda api: api.list_workflows("bigquery-prod"),
        "GET",
        "app",
        {"workflows": [ROW], "has_more": False},
        [APP],
        query=[("name", "bigquery-prod")],
    ),
    Case(
        "get",
        lambda api: api.get_workflow(SLUG),
        "GET",
        f"app/{SLUG}",
        {**ROW, "dag": {"extract": {"inputs": {"args": {"a": 1}}}}, "schedules": [{"trigger_id": "t-1"}]},
        APP.model_copy(update={"inputs": {"a": 1}, "schedules": [Trigger(trigger_id="t-1")]}),
    ),
    Case(
        "update",
        lambda api: api.update_workflow(SLUG, inputs={"a": None}),
        "PUT",
        f"app/{SLUG}",
        {"slug": SLUG, "version": 8},
        PublishedWorkflow(slug=SLUG, version=8),
        body={"inputs": {"a": None}},
    ),
    Case(
        "update of an entrypoint",
        lambda api: api.update_workflow(SLUG, inputs={}, entrypoint="miner"),
        "PUT",
        f"app/{SLUG}",
        {"slug": SLUG},
        PublishedWorkflow(slug=SLUG),
        body={"inputs": {}, "entrypoint": "miner"},
    ),
    Case(
        "delete",
        lambda api: api.delete_workflow(SLUG),
        "DELETE",
        f"app/{SLUG}",
        {"slug": SLUG, "archived": True},
        ArchivedWorkflow(slug=SLUG, archived=True),
    ),
    Case(
        "submit",
        lambda api: api.submit_run(SLUG),
        "POST",
        f"app/{SLUG}/submit",
        {"run_id": "r-1", "slug": SLUG},
        Run(run_id="r-1", slug=SLUG),
    ),
    Case(
        "run status",
        lambda api: api.get_run("r-1"),
        "GET",
        "app/runs/r-1",
        {"run_id": "r-1", "slug": SLUG, "status": "Running", "started_at": "2025-01-01T00:00:00Z"},
        Run(run_id="r-1", slug=SLUG, status="Running", started_at="2025-01-01T00:00:00Z"),
    ),
    Case(
        "cancel",
        lambda api: api.cancel_run("r-1"),
        "POST",
        "app/runs/r-1/cancel",
        {"run_id": "r-1", "cancelled": True, "status": "Stopped"},
        CancelledRun(run_id="r-1", cancelled=True, status="Stopped"),
    ),
    Case(
        "add a schedule, whose timezone is never null",
        lambda api: api.add_schedule(SLUG, cron="0 9 * * *"),
        "POST",
        f"app/{SLUG}/schedule",
        {"trigger_id": "t-1", "cron": "0 9 * * *", "timezone": "UTC"},
        Trigger(trigger_id="t-1", cron="0 9 * * *", timezone="UTC"),
        body={"cron": "0 9 * * *", "timezone": "UTC"},
    ),
    Case(
        "remove a schedule",
        lambda api: api.remove_schedule(SLUG, "t-1"),
        "DELETE",
        f"app/{SLUG}/schedule/t-1",
        {"trigger_id": "t-1", "deleted": True},
        RemovedTrigger(trigger_id="t-1", deleted=True),
    ),
    Case(
        "describe",
        lambda api: api.describe_app("bigquery-crawler"),
        "GET",
        "apps/bigquery-crawler",
        {"app_id": "bigquery-crawler", "name": "BigQuery", "native_ready": True, "entrypoints": [{"name": "crawl"}]},
        App(app_id="bigquery-crawler", name="BigQuery", native_ready=True, entrypoints=["crawl"]),
    ),
    Case(
        "contract",
        lambda api: api.get_contract("bigquery-crawler"),
        "GET",
        "apps/bigquery-crawler/inputs",
        CONTRACT,
        CONTRACT,
    ),
    Case(
        "contract of an entrypoint",
        lambda api: api.get_contract("bigquery-crawler", "crawler"),
        "GET",
        "apps/bigquery-crawler/inputs",
        CONTRACT,
        CONTRACT,
        query=[("entrypoint", "crawler")],
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_operation_sends_what_the_service_expects_and_reads_its_answer(
    case: Case, api: AtlanApi, server: ScriptedServer
) -> None:
    """The service receives the right request, and its answer becomes the right object."""
    server.plays(Reply(body=case.answer))
    assert case.result == case.call(api)
    (request,) = server.requests
    assert (case.method, f"/api/service/v1/{case.path}") == (request.method, request.path)
    assert case.query == request.query
    assert case.body == (request.json() if request.body else None)
    assert f"Bearer {KEY}" == request.headers["authorization"]
    assert "application/json" == request.headers["accept"]
    assert (case.body is not None) == (request.headers.get("content-type") == "application/json")
    assert 4 == UUID(request.headers["x-atlan-request-id"]).version


def test_connect_makes_a_client_that_names_the_provider(server: ScriptedServer, fake_time: FakeTime) -> None:
    """By default, the User-Agent names the provider and its version."""
    server.plays(Reply(body=ROW))
    api = build_client(server.url, KEY, request_timeout=5, retries=RetryPolicy(), stop=fake_time)
    assert api.get_workflow(SLUG) == APP
    api.close()
    assert server.requests[0].headers["user-agent"].startswith("terraform-provider-atlan/0.")


def test_find_reads_every_page(api: AtlanApi, server: ScriptedServer) -> None:
    """All pages are requested by their cursors. A row that moved between two pages counts once."""
    server.plays(
        Reply(body={"workflows": [{"slug": "a", "name": "n"}], "has_more": True, "next_cursor": "2"}),
        Reply(body={"workflows": [{"slug": "a", "name": "n"}, {"slug": "b"}], "has_more": True, "next_cursor": "3"}),
        Reply(body={"workflows": [{"slug": "c", "name": "n"}], "has_more": False, "next_cursor": "4"}),
    )
    assert ["a", "b", "c"] == [app.slug for app in api.list_workflows("n")]
    cursors = [dict(request.query).get("cursor") for request in server.requests]
    assert [None, "2", "3"] == cursors
    assert {"n"} == {dict(request.query)["name"] for request in server.requests}


def test_find_does_not_trust_a_filter_that_was_ignored(api: AtlanApi, server: ScriptedServer) -> None:
    """A row of another name does not match, even if the service sends it."""
    server.plays(Reply(body={"workflows": [{"slug": "a", "name": "other"}, {"slug": "b", "name": "n"}]}))
    assert ["b"] == [app.slug for app in api.list_workflows("n")]


@pytest.mark.parametrize("cursor", ["same", None])
def test_find_ends_where_the_pages_do_not(cursor: str | None, api: AtlanApi, server: ScriptedServer) -> None:
    """A repeated cursor, or another page without a cursor, is an error and no endless loop."""
    server.always = Reply(body={"workflows": [], "has_more": True, "next_cursor": cursor})
    with pytest.raises(UnusableAnswer, match="no last page of the list was found"):
        api.list_workflows("n")
    assert len(server.requests) <= 2


def test_find_ends_after_a_bounded_number_of_pages(
    api: AtlanApi, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cursors that are always new end with an error too."""

    def page(request: Received) -> Reply:
        return Reply(body={"workflows": [], "has_more": True, "next_cursor": f"{len(server.requests)}"})

    monkeypatch.setattr("provider.client.operations.MOST_PAGES", 7)
    server.always = page
    with pytest.raises(UnusableAnswer, match="no last page of the list was found"):
        api.list_workflows("n")
    assert 7 == len(server.requests)


@pytest.mark.parametrize("contract", [b"[]", b'"text"', b"null", b"1"])
def test_a_contract_that_is_not_an_object_is_refused(contract: bytes, api: AtlanApi, server: ScriptedServer) -> None:
    """A contract is returned unchanged, so it must be an object."""
    server.plays(Reply(body=contract))
    with pytest.raises(UnusableAnswer, match="a contract is an object"):
        api.get_contract("x")


@pytest.fixture
def timed(server: ScriptedServer, fake_time: FakeTime) -> Iterator[AtlanApi]:
    """A client with the real clock, and without real waits."""
    api = build_client(server.url, KEY, request_timeout=20, retries=RetryPolicy(), stop=fake_time)
    yield api
    api.close()


def test_an_operation_whose_time_is_over_sends_nothing(timed: AtlanApi, server: ScriptedServer) -> None:
    """No request is sent after the operation's time."""
    with pytest.raises(RequestNotSent, match="the time that the operation may take is over"):
        timed.with_timeout(0).delete_workflow("s")
    assert [] == server.requests


def test_an_operation_with_little_time_waits_no_longer_for_an_answer(
    timed: AtlanApi, server: ScriptedServer, limit_clock: LimitClock
) -> None:
    """The operation's time limits the timeout of the request."""
    server.plays(Reply(act="stall", on_arrival=lambda: limit_clock.advance(0.2)))
    with pytest.raises(NoAnswer, match="no answer in time"):
        timed.with_timeout(0.2).delete_workflow("s")


def test_an_operation_with_little_time_does_not_wait_for_a_late_retry(
    timed: AtlanApi, server: ScriptedServer, fake_time: FakeTime
) -> None:
    """The client does not wait for a retry after the operation's time. The error is that of the last answer."""
    server.always = Reply(429, headers={"Retry-After": "25"})
    with pytest.raises(RateLimited):
        timed.with_timeout(10).delete_workflow("s")
    assert [] == fake_time.waits
    assert 1 == len(server.requests)


def test_an_operation_without_a_bound_is_the_client_itself(timed: AtlanApi) -> None:
    """Without a time there is no limit."""
    assert timed is timed.with_timeout(None)


MIXED_UP: dict[str, tuple[Callable[[AtlanApi], Any], Any]] = {
    "workflow": (lambda api: api.get_workflow(SLUG), ROW | {"slug": "other"}),
    "publish": (lambda api: api.update_workflow(SLUG, inputs={}), {"slug": "other", "version": 8}),
    "archive": (lambda api: api.delete_workflow(SLUG), {"slug": "other", "archived": True}),
    "submit": (lambda api: api.submit_run(SLUG), {"run_id": "r", "slug": "other"}),
    "run": (lambda api: api.get_run("r"), {"run_id": "other", "status": "running"}),
    "cancel": (lambda api: api.cancel_run("r"), {"run_id": "other", "cancelled": True}),
    "trigger": (lambda api: api.remove_schedule(SLUG, "t"), {"trigger_id": "other", "deleted": True}),
    "credential": (lambda api: api.get_credential("g"), {"id": "other"}),
    "stored credential": (lambda api: api.update_credential("g", {}), {"id": "other"}),
    "connection": (
        lambda api: api.get_connection("default/a/1"),
        {"entity": {"attributes": {"qualifiedName": "default/a/2"}}},
    ),
}


@pytest.mark.parametrize(("call", "answer"), MIXED_UP.values(), ids=MIXED_UP)
def test_an_answer_about_another_object_is_refused(
    call: Callable[[AtlanApi], Any], answer: Any, api: AtlanApi, server: ScriptedServer
) -> None:
    """A cache can mix up answers, and what follows would go to the other object."""
    server.plays(Reply(body=answer))
    with pytest.raises(UnusableAnswer, match=r"it is about another (object|connection)"):
        call(api)
