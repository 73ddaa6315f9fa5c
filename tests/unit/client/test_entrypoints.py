"""A retry without the entrypoint, against the sandbox."""

from collections.abc import Iterator

import pytest

from provider.client.api import AtlanApi
from provider.client.entrypoints import with_entrypoint
from provider.client.errors import NotFound, UnknownEntrypoint
from tests.support.api_clients import KEY, Clients
from tests.support.sandbox import Sandbox

DEFAULT_SLOT_ONLY = "atlan-cloudsql-postgres"


@pytest.fixture(scope="module")
def started() -> Iterator[Sandbox]:
    with Sandbox(api_key=KEY) as sandbox:
        yield sandbox


@pytest.fixture
def api(clients: Clients, started: Sandbox) -> AtlanApi:
    return clients.of(started.url)


def title(api: AtlanApi, app_id: str, entrypoint: str | None) -> object:
    return with_entrypoint(api, app_id, entrypoint, lambda name: api.get_contract(app_id, name))["title"]


def test_an_entrypoint_that_is_at_the_default_slot_alone_is_asked_for_there(api: AtlanApi) -> None:
    """The app declares it, and the service answers 1003."""
    (entrypoint,) = api.describe_app(DEFAULT_SLOT_ONLY).entrypoints
    assert "AppInputContract" == title(api, DEFAULT_SLOT_ONLY, entrypoint)


def test_an_unknown_entrypoint_is_reported_with_those_that_exist(api: AtlanApi) -> None:
    """The error keeps the service's answer for support."""
    with pytest.raises(UnknownEntrypoint) as caught:
        title(api, "bigquery-crawler", "crawlr")
    assert (tuple(api.describe_app("bigquery-crawler").entrypoints), 400, "1003", True) == (
        caught.value.entrypoints,
        caught.value.status,
        caught.value.code,
        caught.value.request_id is not None,
    )


def test_any_other_answer_is_not_tried_twice(api: AtlanApi) -> None:
    """A missing native contract has nothing to do with the entrypoint."""
    with pytest.raises(NotFound):
        title(api, "legacy-crawler", "crawler")
