"""ReadResource for many apps: what the provider asks the service for, and when the list answers instead."""

import json
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from provider.framework.testing import METHODS, Answer, Caller, ResourceClient, diagnostics, in_process, packed
from provider.provider import AtlanProvider
from provider.resources.app.schema import SCHEMA
from provider.resources.schedule.schema import SCHEMA as SCHEDULE
from tests.support.http_server import Received, Reply, ScriptedServer, http_server

THREADS = 10
"""Terraform's own parallelism."""

ARGS = {"extract": {"inputs": {"args": {}}}}
PAGE_SIZE = 50


class Tenant:
    """Answers gets, and lists as many apps; ``page`` may answer otherwise for the page with that number."""

    def __init__(self, server: ScriptedServer) -> None:
        self.server = server
        self.apps = 0
        self.page: Callable[[int], Reply] = self.listed
        server.always = self._reply

    def listed(self, number: int) -> Reply:
        beyond = (number + 1) * PAGE_SIZE
        rows = [_told(each) for each in range(number * PAGE_SIZE, min(beyond, self.apps))]
        more = beyond < self.apps
        return Reply(body={"workflows": rows, "has_more": more, "next_cursor": str(number + 1) if more else None})

    def _reply(self, request: Received) -> Reply:
        slug = request.path.removeprefix("/api/service/v1/app").strip("/")
        if not slug:
            return self.page(int(dict(request.query).get("cursor", "0")))
        if request.method == "DELETE":
            return Reply(body={"slug": slug, "archived": True})
        return Reply(body={**_told(int(slug.partition("-")[2])), "dag": ARGS})

    def asked(self) -> tuple[int, int]:
        """How many apps and how many pages were asked for since the last time."""
        paths = [each.path for each in self.server.requests if each.method == "GET"]
        self.server.requests.clear()
        pages = sum(path.endswith("/app") for path in paths)
        return len(paths) - pages, pages


def _row(number: int) -> dict[str, Any]:
    return {"slug": f"app-{number}", "name": str(number), "version": 7, "owner": "admin", "execution_mode": "native"}


def _trigger(number: int) -> dict[str, Any]:
    return {"trigger_id": f"trigger-{number}", "cron": "0 6 * * *", "timezone": "UTC"}


def _told(number: int) -> dict[str, Any]:
    return {**_row(number), "schedules": [_trigger(number)]}


@pytest.fixture
def tenant() -> Iterator[Tenant]:
    with http_server() as server:
        yield Tenant(server)


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch) -> Iterator[Caller]:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "ATLAN_REFRESH_FROM_LIST"):
        monkeypatch.delenv(name, raising=False)
    provider = AtlanProvider()
    yield in_process(provider)
    provider.provider_data.client.close()


def configure(call: Caller, tenant: Tenant, **settings: Any) -> None:
    schema = AtlanProvider().get_provider_schema(None)  # type: ignore[arg-type] - it has nothing to tell
    config = dict.fromkeys(schema.by_name) | {"base_url": tenant.server.url, "api_key": "not-a-real-key-4711"}
    answer = call("ConfigureProvider", METHODS["ConfigureProvider"].request(config=packed(config | settings)))
    assert [] == diagnostics(answer)


def state(number: int) -> dict[str, Any]:
    row = _row(number)
    return {**row, "id": row["slug"], "app_id": "bigquery-crawler", "published_version": row["version"]}


def schedule(number: int) -> dict[str, Any]:
    trigger, slug = _trigger(number), f"app-{number}"
    return {**trigger, "slug": slug, "id": f"{slug}/{trigger['trigger_id']}"}


class Refresh:
    """Reads of apps that were read in full before, and of their schedules."""

    def __init__(self, call: Caller, tenant: Tenant, apps: int) -> None:
        self._client = ResourceClient(call, "atlan_app", SCHEMA)
        self._schedules = ResourceClient(call, "atlan_app_schedule", SCHEDULE)
        self._apps = tenant.apps = apps
        self._private = self._client.read(state(0)).private
        tenant.asked()

    def all(self) -> None:
        """Read all of them, and find nothing changed and nothing said."""
        with ThreadPoolExecutor(THREADS) as pool:
            told = list(pool.map(self._read, range(self._apps)))
        assert [self._client.full(state(number)) for number in range(self._apps)] == [each.state for each in told]
        assert [] == [each.diagnostics for each in told if each.diagnostics]
        assert {self._private} == {each.private for each in told}

    def _read(self, number: int) -> Answer:
        return self._client.read(state(number), self._private)

    def read_last(self, tenant: str | None) -> tuple[str, list[str]]:
        """Read the last app with this tenant in private state. Return the tenant after the read, and the severities."""
        private = json.dumps(json.loads(self._private) | {"tenant": tenant}).encode()
        answer = self._client.read(state(self._apps - 1), private)
        return json.loads(answer.private)["tenant"], [severity for severity, _ in answer.diagnostics]

    def all_schedules(self) -> None:
        """The same with the schedules."""
        with ThreadPoolExecutor(THREADS) as pool:
            told = list(pool.map(self._schedules.read, map(schedule, range(self._apps))))
        assert [self._schedules.full(schedule(number)) for number in range(self._apps)] == [each.state for each in told]
        assert [] == [each.diagnostics for each in told if each.diagnostics]

    def change_what_is_not_published(self) -> Answer:
        return self._client.apply(state(0), {**state(0), "adopt_existing": True}, private=self._private)

    def destroy_one(self) -> None:
        assert [] == self._client.apply(state(0), None, private=self._private).diagnostics


def test_a_thousand_unchanged_apps_take_at_most_forty_requests(call: Caller, tenant: Tenant) -> None:
    """Twenty pages of fifty, and a handful that is read one by one; a schedule for each takes no more."""
    configure(call, tenant)
    refresh = Refresh(call, tenant, 1000)
    refresh.all()
    read, pages = tenant.asked()
    assert (20, True) == (pages, read <= 20)
    refresh.all_schedules()
    assert (0, 0) == tenant.asked()


def test_a_row_proves_nothing_about_an_object_of_another_tenant(call: Caller, tenant: Tenant) -> None:
    """It is an error without a request, although a row matches. State without a tenant gets that of the row."""
    configure(call, tenant)
    refresh = Refresh(call, tenant, 60)
    refresh.all()
    tenant.asked()
    assert ("localhost", []) == refresh.read_last(None)
    assert ("other.atlan.com", ["error"]) == refresh.read_last("other.atlan.com")
    assert (0, 0) == tenant.asked()


def test_the_first_write_ends_it(call: Caller, tenant: Tenant) -> None:
    """After a write, each app is read by itself until the provider is configured again."""
    configure(call, tenant)
    refresh = Refresh(call, tenant, 60)
    refresh.all()
    assert tenant.asked()[0] < 60
    refresh.destroy_one()
    refresh.all()
    assert (60, 0) == tenant.asked()
    configure(call, tenant)
    refresh.all()
    assert tenant.asked()[1] == 2


def test_an_update_that_publishes_nothing_has_the_app_read_again(call: Caller, tenant: Tenant) -> None:
    """State then contains the configuration, so private state no longer says that it equals the read workflow."""
    configure(call, tenant)
    changed = Refresh(call, tenant, 1).change_what_is_not_published()
    assert (True, [], (0, 0)) == (changed.state["adopt_existing"], changed.diagnostics, tenant.asked())
    assert "read_version" not in json.loads(changed.private or b"{}")


@pytest.mark.parametrize("by_environment", [True, False])
def test_it_can_be_switched_off(
    by_environment: bool, call: Caller, tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the provider block or the environment: each app is asked for."""
    monkeypatch.setenv("ATLAN_REFRESH_FROM_LIST", "false" if by_environment else "true")
    configure(call, tenant, refresh_from_list=None if by_environment else False)
    Refresh(call, tenant, 60).all()
    assert (60, 0) == tenant.asked()


def _first(tenant: Tenant, **changes: Any) -> Reply:
    body: dict[str, Any] = tenant.listed(0).body
    return Reply(body=body | changes)


def _rows(tenant: Tenant, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Reply:
    return _first(tenant, workflows=[change(row) for row in tenant.listed(0).body["workflows"]])


HOSTILE: dict[str, Callable[[Tenant], Reply]] = {
    "HTML": lambda _: Reply(body="<!doctype html><title>Sign in</title>"),
    "half of the JSON": lambda _: Reply(body='{"workflows": [{"slug": "app-0", "ver'),
    "a list": lambda _: Reply(body=[]),
    "nothing": lambda _: Reply(body=b""),
    "brackets": lambda _: Reply(body="[" * 10_000 + "]" * 10_000),
    "too large": lambda _: Reply(body=b'{"workflows": "' + b"x" * 70_000_000 + b'"}'),
    "text for a flag": lambda tenant: _first(tenant, has_more="yes"),
    "no workflows": lambda tenant: _first(tenant, workflows=None, has_more=True),
    "dots for slugs": lambda tenant: _rows(tenant, lambda row: {**row, "slug": "../../etc"}),
    "escapes for slugs": lambda tenant: _rows(tenant, lambda row: {**row, "slug": "\x1b[31m"}),
    "text for versions": lambda tenant: _rows(tenant, lambda row: {**row, "version": "v"}),
    "huge versions": lambda tenant: _rows(tenant, lambda row: {**row, "version": 10**400}),
    "objects for owners": lambda tenant: _rows(tenant, lambda row: {**row, "owner": {"name": "admin"}}),
    "another owner": lambda tenant: _rows(tenant, lambda row: {**row, "owner": "mallory"}),
    "another version": lambda tenant: _rows(tenant, lambda row: {**row, "version": 8}),
    "rows of another's": lambda tenant: _rows(tenant, lambda row: {**row, "slug": row["slug"] + "-x"}),
    "a redirect": lambda _: Reply(302, headers={"Location": "http://127.0.0.1:9/"}),
    "unauthorized": lambda _: Reply(401, {"message": "no"}),
    "forbidden": lambda _: Reply(403, {"message": "no"}),
    "gone": lambda _: Reply(404, {"code": 404, "message": "no list here"}),
    "a 500": lambda _: Reply(500, {"message": "no"}),
    "come back in an hour": lambda _: Reply(429, {"message": "no"}, {"Retry-After": "3600"}),
    "a dropped connection": lambda _: Reply(act="drop"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_list_changes_nothing_and_is_not_asked_for_long(what: str, call: Caller, tenant: Tenant) -> None:
    """Every app is read by itself, and no diagnostic mentions the list."""
    configure(call, tenant, max_retries=0)
    refresh = Refresh(call, tenant, 40)
    tenant.page = lambda _: HOSTILE[what](tenant)
    refresh.all()
    read, pages = tenant.asked()
    assert (40, True) == (read, 1 <= pages <= 2)


def test_a_list_that_is_busy_for_a_moment_is_asked_again(call: Caller, tenant: Tenant) -> None:
    """As any read is, where it may be repeated."""
    configure(call, tenant, max_retries=1)
    refresh = Refresh(call, tenant, 40)
    busy = [Reply(429, headers={"Retry-After": "0"})]
    tenant.page = lambda number: busy.pop() if busy else tenant.listed(number)
    refresh.all()
    read, pages = tenant.asked()
    assert (2, True) == (pages, read < 20)


def test_an_endless_list_is_left_alone(call: Caller, tenant: Tenant) -> None:
    """Each page has other rows and leads to another: at most a page is asked for each app that is read."""
    configure(call, tenant)
    refresh = Refresh(call, tenant, 60)

    def endless(number: int) -> Reply:
        rows = [{**_row(each), "slug": f"other-{number}-{each}"} for each in range(PAGE_SIZE)]
        return Reply(body={"workflows": rows, "has_more": True, "next_cursor": str(number + 1)})

    tenant.page = endless
    refresh.all()
    read, pages = tenant.asked()
    assert (60, True) == (read, pages <= 60)


def test_slugs_in_an_answer_are_never_asked_for(call: Caller, tenant: Tenant) -> None:
    """The list is only a proof. No request is made for a slug that only the list contains."""
    configure(call, tenant)
    refresh = Refresh(call, tenant, 40)
    tenant.page = lambda _: _rows(tenant, lambda row: {**row, "slug": "elsewhere"})
    refresh.all()
    paths = {each.path.rpartition("/")[2] for each in tenant.server.requests}
    assert [] == [path for path in paths if path != "app" and not re.fullmatch(r"app-\d+", path)]
