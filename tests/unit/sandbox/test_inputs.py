"""The inputs in a read: what differs from the inputs that were sent, and what does not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.unit.sandbox.service import (
    CREDENTIAL,
    QUALIFIED_NAME,
    RUNTIME_KEYS,
    Service,
    connection,
    inputs,
)


def test_the_server_adds_its_runtime_keys(service: Service) -> None:
    """Four keys that nobody sent stand among the inputs, and sending one back is refused."""
    slug = service.slug()
    args = service.get(slug).json["dag"]["extract"]["inputs"]["args"]
    assert RUNTIME_KEYS == args.keys() & RUNTIME_KEYS
    assert [400] * 4 == [service.put(slug, **{key: args[key]}).status for key in sorted(RUNTIME_KEYS)]


def test_the_qualified_name_is_absent(service: Service) -> None:
    """`connection_qualified_name` is stored and not read back."""
    slug = service.slug(inputs=inputs(connection_qualified_name=QUALIFIED_NAME))
    assert "connection_qualified_name" not in service.args(slug)
    assert QUALIFIED_NAME == service.sandbox.workflows()[0]["inputs"]["connection_qualified_name"]


def test_no_defaults_are_added(service: Service) -> None:
    """What was not sent is not read back."""
    assert {"connection", "credential_guid"} == service.args(service.slug()).keys()


@pytest.mark.parametrize("as_text", [False, True])
@pytest.mark.parametrize(("app_id", "kind"), [("bigquery-crawler", dict), ("bigquery-miner", str)])
def test_a_connection_reads_back_as_the_app_has_it(service: Service, app_id: str, kind: type, as_text: bool) -> None:
    """Whether it was sent as an object or as text, some apps answer with an object and some with its text."""
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
def test_text_that_holds_json_is_parsed(service: Service, key: str, sent: Any, found: Any) -> None:
    """Objects and lists in text come back as such where the contract would take them back, all else as sent."""
    slug = service.slug(inputs=inputs(**{key: sent}))
    assert found == service.args(slug)[key]
    assert sent == service.sandbox.workflows()[0]["inputs"][key]


NUMBERS = {"tenth": 0.1, "big": 2**70, "negative": -(2**64), "tiny": 5e-324, "nothing": None}

SHAPES = {"empty": {}, "nested": [[[]], [{}], [[1, [2]]]], "größe": "ß", "日本": {"語": "💡"}}


def test_values_come_back_as_they_were_sent(service: Service) -> None:
    """Numbers of any size, null, empty and nested things and names in any script survive."""
    given = {"include_filter": {**NUMBERS, **SHAPES}}
    assert given["include_filter"] == service.args(service.slug(inputs=inputs(**given)))["include_filter"]


def test_eight_megabytes_come_back(service: Service) -> None:
    """A large body is taken, stored and answered."""
    given = {f"^database-{number}$": ["x" * 1000] for number in range(8500)}
    slug = service.slug(inputs=inputs(include_filter=given))
    assert given == service.args(slug)["include_filter"]


def test_a_raw_credential_becomes_a_guid(service: Service) -> None:
    """The raw credential is stripped, and its guid stands in `credential_guid`."""
    args = service.args(service.slug(inputs=inputs(credential=CREDENTIAL)))
    assert "credential" not in args
    assert "crawler@example.com" == service.credential(args["credential_guid"]).json["username"]
