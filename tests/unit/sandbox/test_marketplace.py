"""The sandbox's list of apps: its forms and pages."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.sandbox import Sandbox
from tests.support.sandbox_service import Service

LIST = "/api/service/marketplace/apps"


@pytest.fixture(scope="module")
def paged() -> Iterator[Sandbox]:
    with Sandbox(page_size=30) as sandbox:
        yield sandbox


def bigquery(apps: list[dict[str, Any]], key: str = "id") -> dict[str, Any]:
    (found,) = [each for each in apps if each[key] == "bigquery-crawler"]
    return found


def test_all_apps_are_listed_with_their_number(service: Service) -> None:
    """An app that is not native is listed, too."""
    found = service.call("GET", LIST).json
    assert {
        "id": "bigquery-crawler",
        "name": "bigquery",
        "displayName": "Bigquery Crawler",
        "type": "connector",
        "entrypoint": "crawler",
        "installed": True,
        "package_id": "",
        "execution_mode": "native",
    } == bigquery(found["apps"])
    modes = {each["id"]: each["execution_mode"] for each in found["apps"]}
    assert (39, "legacy") == (found["total"], modes["legacy-crawler"])


def test_the_form_can_be_changed_and_is_reset(service: Service) -> None:
    """The container, and the keys of an app."""
    service.sandbox.change_marketplace(container="none", id="app_id", native="native_ready", keys="camel")
    found = bigquery(service.call("GET", LIST).json, "appId")
    assert (True, "Bigquery Crawler") == (found["nativeReady"], found["displayName"])
    assert 5 == uuid.UUID(found["id"]).version
    service.sandbox.change_marketplace(container="data", id="id", native="none", keys="snake")
    found = bigquery(service.call("GET", LIST).json["data"])
    assert "Bigquery Crawler" == found["display_name"]
    assert [] == [key for key in found if "native" in key or "mode" in key]
    service.sandbox.reset()
    assert 39 == len(service.call("GET", LIST).json["apps"])


@pytest.mark.parametrize("form", [{"container": "list"}, {"pages": 1}, {"other": "id"}])
def test_an_unknown_form_is_refused(service: Service, form: dict[str, Any]) -> None:
    """The control plane accepts only its own values."""
    assert 400 == service.call("POST", "/_sandbox/marketplace", form).status


def test_the_list_can_come_in_pages(paged: Sandbox) -> None:
    """By offset, by cursor, or only the first page."""
    paged.change_marketplace(pages="offset")
    pages = [paged.call("GET", f"{LIST}?offset={start}").json for start in (0, 30, 39)]
    assert [(30, 39), (9, 39), (0, 39)] == [(len(each["apps"]), each["total"]) for each in pages]
    paged.change_marketplace(pages="cursor", keys="camel")
    first = paged.call("GET", LIST).json
    last = paged.call("GET", f"{LIST}?cursor={first['nextCursor']}").json
    assert [(30, True), (9, False)] == [(len(each["apps"]), each["hasMore"]) for each in (first, last)]
    assert None is last["nextCursor"]
    paged.change_marketplace(pages="first_only")
    assert 30 == len(paged.call("GET", f"{LIST}?offset=30&cursor=30").json["apps"])
    paged.change_marketplace(pages="offset")
    assert 400 == paged.call("GET", f"{LIST}?offset=x").status


def test_a_tenant_without_the_list_answers_as_its_gateway() -> None:
    """With a page, and not with the service's own 404."""
    with Sandbox(marketplace=False) as sandbox:
        found = sandbox.call("GET", LIST)
    assert (404, True) == (found.status, found.text.startswith("<html>"))
