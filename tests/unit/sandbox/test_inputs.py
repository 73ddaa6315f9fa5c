"""The inputs in a read: what differs from the inputs that were sent, and what does not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.sandbox_pool import BOTH_CONTRACTS
from tests.support.sandbox_service import (
    CREDENTIAL,
    QUALIFIED_NAME,
    RUNTIME_KEYS,
    Service,
    connection,
    inputs,
)


@BOTH_CONTRACTS
def test_the_server_adds_its_runtime_keys(service: Service, contracts: str) -> None:
    """A read contains four keys that were not sent, and a closed contract refuses an update that sends one of them."""
    slug = service.slug()
    args = service.get(slug).json["dag"]["extract"]["inputs"]["args"]
    assert RUNTIME_KEYS == args.keys() & RUNTIME_KEYS
    status = {"closed": 400, "open": 200}[contracts]
    assert [status] * 4 == [service.put(slug, **{key: args[key]}).status for key in sorted(RUNTIME_KEYS)]


def test_the_qualified_name_is_absent(service: Service) -> None:
    """`connection_qualified_name` is stored, but a read does not contain it."""
    slug = service.slug(inputs=inputs(connection_qualified_name=QUALIFIED_NAME))
    assert "connection_qualified_name" not in service.args(slug)
    assert QUALIFIED_NAME == service.sandbox.workflows()[0]["inputs"]["connection_qualified_name"]


def test_no_defaults_are_added(service: Service) -> None:
    """A read contains no inputs that were not sent."""
    assert {"connection", "credential_guid"} == service.args(service.slug()).keys()


@pytest.mark.parametrize(
    ("contracts", "as_text"), [("open", False), ("closed", False), ("closed", True)], indirect=["contracts"]
)
@pytest.mark.parametrize(("app_id", "kind"), [("bigquery-crawler", dict), ("bigquery-miner", str)])
def test_the_app_decides_how_a_connection_reads_back(service: Service, app_id: str, kind: type, as_text: bool) -> None:
    """The app decides if a read contains the connection as an object or as text, whichever was sent."""
    sent: Any = json.dumps(connection()) if as_text else connection()
    found = service.args(service.slug(app_id=app_id, inputs=inputs(connection=sent)))["connection"]
    assert kind is type(found)
    assert connection() == (json.loads(found) if kind is str else found)


@pytest.mark.parametrize(
    ("key", "sent", "found"),
    [
        ("control_config", '{"a": 1}', {"a": 1}),
        ("control_config", "[1, 2]", [1, 2]),
        ("control_config", "", ""),
        ("control_config", "{broken", "{broken"),
        ("control_config", '{"a": NaN}', '{"a": NaN}'),
        ("control_config", "12", "12"),
        ("include_filter", '{"^a$": ["^b$"]}', {"^a$": ["^b$"]}),
        ("include_filter", {"^a$": ["^b$"]}, {"^a$": ["^b$"]}),
        ("include_filter", "[1]", "[1]"),
        ("temp_table_regex", "^tmp_.*$", "^tmp_.*$"),
        ("hidden_datasets", True, True),
        ("max_concurrent_activities", 15, 15),
    ],
)
def test_text_that_contains_json_is_parsed(service: Service, key: str, sent: Any, found: Any) -> None:
    """JSON objects and lists in text become data if the contract accepts the data. Other values do not change."""
    slug = service.slug(inputs=inputs(**{key: sent}))
    assert found == service.args(slug)[key]
    assert sent == service.sandbox.workflows()[0]["inputs"][key]


@pytest.mark.parametrize(("app_id", "found"), [("bigquery-crawler", {"^a$": []}), ("hive-crawler", '{"^a$": []}')])
def test_json_text_becomes_only_what_the_contract_accepts(service: Service, app_id: str, found: Any) -> None:
    """The text of an object stays text if the contract accepts text or a list."""
    slug = service.slug(app_id=app_id, inputs=inputs(include_filter='{"^a$": []}', exclude_filter="[]"))
    assert found == service.args(slug)["include_filter"]
    assert ("[]" if app_id == "bigquery-crawler" else []) == service.args(slug)["exclude_filter"]


NUMBERS = {"tenth": 0.1, "big": 2**70, "negative": -(2**64), "tiny": 5e-324, "nothing": None}

SHAPES = {"empty": {}, "nested": [[[]], [{}], [[1, [2]]]], "größe": "ß", "日本": {"語": "💡"}}


def test_values_do_not_change(service: Service) -> None:
    """Numbers of any size, null, empty and nested values, and names in any script do not change."""
    given = {"include_filter": {**NUMBERS, **SHAPES}}
    assert given["include_filter"] == service.args(service.slug(inputs=inputs(**given)))["include_filter"]


def test_eight_megabytes_are_stored_and_returned(service: Service) -> None:
    """A body of eight megabytes is accepted, stored and returned."""
    given = {f"^database-{number}$": ["x" * 1000] for number in range(8500)}
    slug = service.slug(inputs=inputs(include_filter=given))
    assert given == service.args(slug)["include_filter"]


def test_a_raw_credential_becomes_a_guid(service: Service) -> None:
    """The raw credential is removed, and `credential_guid` contains its guid."""
    args = service.args(service.slug(inputs=inputs(credential=CREDENTIAL)))
    assert "credential" not in args
    assert "crawler@example.com" == service.credential(args["credential_guid"]).json["username"]
