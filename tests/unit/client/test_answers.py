"""Answers that are not usable or are errors, over real HTTP."""

import gzip
import json
from collections.abc import Callable
from typing import Any

import pytest

from provider.client.answers import identifiers_in
from provider.client.api import AtlanApi
from provider.client.errors import (
    AtlanError,
    BadRequest,
    Conflict,
    ForeignAnswer,
    NotFound,
    ServerError,
    ServiceError,
    TooManyInputs,
    UnprovenNotFound,
    UnusableAnswer,
)
from provider.client.retries import RetryPolicy
from provider.framework.protocol.diagnostics import MAX_DETAIL_LENGTH, printable
from provider.framework.redaction import register
from tests.support.api_clients import Clients, shown
from tests.support.http_server import Reply, ScriptedServer

GZIP = {"Content-Encoding": "gzip"}
CHUNKED: dict[str, str | None] = {"Transfer-Encoding": "chunked", "Content-Length": None}

HOSTILE = {
    "a log-in page": (Reply(body="<!doctype html><title>Sign in</title>"), "a page of HTML"),
    "nothing": (Reply(body=""), "this is empty"),
    "no content": (Reply(204, body=""), "this is empty"),
    "plain text": (Reply(body="OK"), "plain text"),
    "half of the JSON": (Reply(body='{"slug": "s", "na'), "broken JSON"),
    "bytes": (Reply(body=b"\xff\xfe\xfd"), "plain text"),
    "NaN": (Reply(body='{"slug": "s", "version": NaN}'), "broken JSON"),
    "infinity": (Reply(body='{"slug": "s", "version": 1e999}'), "broken JSON"),
    "bottomless nesting": (Reply(body="[" * 200_000), "broken JSON"),
    "bottomless but whole": (Reply(body='{"a":' * 200_000 + "1" + "}" * 200_000), "broken JSON"),
    "a number of many digits": (Reply(body='{"version": ' + "9" * 5000 + "}"), "broken JSON"),
    "compression that is none": (Reply(body="not gzip", headers=GZIP), "its compression is broken"),
    "a list": (Reply(body=[]), "the whole: Input should be a valid dictionary"),
    "null": (Reply(body=b"null"), "the whole: "),
    "an object without what matters": (Reply(body={}), "slug: Field required"),
    "an empty slug": (Reply(body={"slug": ""}), "slug: String should have at least 1 character"),
    "a slug that is a number": (Reply(body={"slug": 1}), "slug: Input should be a valid string"),
    "a list where a text belongs": (Reply(body={"slug": "s", "owner": []}), "owner: Input should be a valid string"),
    "a version that is none": (Reply(body={"slug": "s", "version": "v1"}), "version: Input should be a valid int"),
    "a version that is a truth": (Reply(body={"slug": "s", "version": True}), "version: "),
    "a schedule without an id": (Reply(body={"slug": "s", "schedules": [{}]}), "schedules.0.trigger_id: Field req"),
}


FOREIGN = {"a log-in page", "nothing", "no content", "plain text", "bytes"}
"""The ones of ``HOSTILE`` that no service of this kind sends."""


@pytest.mark.parametrize("hostile", HOSTILE)
def test_an_answer_that_is_not_of_the_service_is_described_in_a_sentence(
    hostile: str, api: AtlanApi, server: ScriptedServer
) -> None:
    """The error says what the answer was, and a write counts as possibly done."""
    reply, words = HOSTILE[hostile]
    server.plays(reply)
    with pytest.raises(UnusableAnswer) as raised:
        api.get_workflow("s")
    assert words in str(raised.value)
    assert reply.status == raised.value.status
    assert raised.value.ambiguous
    assert (hostile in FOREIGN) is raised.value.is_setup_error
    assert len(str(raised.value)) < 600


def test_a_wrong_shape_is_reported_without_its_values(api: AtlanApi, server: ScriptedServer) -> None:
    """The error names at most three fields and their expected types. A value may be a secret."""
    row = {"slug": ["hunter2"], "name": ["hunter2"], "owner": ["hunter2"], "app_id": ["hunter2"]}
    server.plays(Reply(body={"workflows": [row]}))
    with pytest.raises(UnusableAnswer) as raised:
        api.get_workflow_page()
    assert "workflows.0.slug: Input should be a valid string; workflows.0.name: " in str(raised.value)
    assert "; and 1 more" in str(raised.value)
    assert "hunter2" not in str(raised.value)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(body=gzip.compress(b'{"slug": "s"}'), headers=GZIP),
        Reply(body=b'5\r\n{"slu\r\n8\r\ng": "s"}\r\n0\r\n\r\n', headers=CHUNKED),
        Reply(body=b'\xef\xbb\xbf{"slug": "s"}'),
        Reply(body=b'{"slug": "s"}', headers={"Content-Type": "text/plain"}),
        Reply(201, body={"slug": "s", "unknown": [1]}),
    ],
    ids=["gzip", "chunked", "byte order mark", "another content type", "201 and more than is known"],
)
def test_what_can_be_read_is_read(reply: Reply, api: AtlanApi, server: ScriptedServer) -> None:
    """Compression, chunks, a byte order mark and other headers are accepted."""
    server.plays(reply)
    assert "s" == api.get_workflow("s").slug


def test_an_answer_beyond_the_bound_is_refused(
    api: AtlanApi, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit applies to the decompressed answer."""
    monkeypatch.setattr("provider.client.exchange.LARGEST_BODY", 2**20)
    server.plays(Reply(body=gzip.compress(b" " * 2**21), headers=GZIP))
    with pytest.raises(UnusableAnswer, match="it is larger than 1 MiB"):
        api.get_workflow("s")


def test_an_error_beyond_its_bound_is_refused(
    api: AtlanApi, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its limit is smaller, because its text is shown."""
    monkeypatch.setattr("provider.client.exchange.LARGEST_ERROR", 2**20)
    server.plays(Reply(400, body=b"x" * 2**21))
    with pytest.raises(UnusableAnswer, match="it is larger than 1 MiB"):
        api.get_workflow("s")


def test_too_many_values_are_refused(api: AtlanApi, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """JSON text inside the JSON is one value."""
    monkeypatch.setattr("provider.client.json_codec.MOST_VALUES", 100)
    server.plays(Reply(body={"slug": "s", "dag": "[{},1]" * 100}), Reply(body={"slug": "s", "dag": [1] * 100}))
    assert "s" == api.get_workflow("s").slug
    with pytest.raises(UnusableAnswer, match="it contains more than 100 values"):
        api.get_workflow("s")


@pytest.mark.parametrize("args", [{"a": [1] * 100}, json.dumps({"a": [1] * 100})], ids=["object", "text"])
def test_inputs_of_too_many_values_are_refused(
    args: Any, api: AtlanApi, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are not hidden inputs, which an update would replace."""
    server.plays(*[Reply(body={"slug": "s", "dag": {"extract": {"inputs": {"args": args}}}})] * 2)
    monkeypatch.setattr("provider.client.api.MOST_INPUT_VALUES", 102)
    assert {"a": [1] * 100} == api.get_workflow("s").inputs
    monkeypatch.setattr("provider.client.api.MOST_INPUT_VALUES", 101)
    with pytest.raises(TooManyInputs, match="the inputs contain more than 101 values"):
        api.get_workflow("s")


def test_inputs_of_many_megabytes_go_and_come(api: AtlanApi, server: ScriptedServer) -> None:
    """8 MB of inputs, escaped twice as JSON text, are sent and read back."""
    inputs = {"text": '\\"' * 2**20, "more": ["ä" * 1024] * 1024 * 3}
    args = {"dag": {"extract": {"inputs": {"args": json.dumps(inputs)}}}}
    server.plays(Reply(body={"slug": "s"}), Reply(body={"slug": "s", **args}))
    api.update_workflow("s", inputs=inputs)
    assert inputs == server.requests[0].json()["inputs"]
    assert inputs == api.get_workflow("s").inputs


OPERATIONS: dict[str, Callable[[AtlanApi], object]] = {
    "create": lambda api: api.create_workflow(app_id="a", name="n", inputs={}),
    "page": lambda api: api.get_workflow_page(),
    "list": lambda api: api.list_workflows("n"),
    "get": lambda api: api.get_workflow("s"),
    "update": lambda api: api.update_workflow("s", inputs={}),
    "delete": lambda api: api.delete_workflow("s"),
    "submit": lambda api: api.submit_run("s"),
    "run": lambda api: api.get_run("r"),
    "cancel": lambda api: api.cancel_run("r"),
    "add schedule": lambda api: api.add_schedule("s", cron="0 6 * * *"),
    "remove schedule": lambda api: api.remove_schedule("s", "t"),
    "create credential": lambda api: api.create_credential({}),
    "get credential": lambda api: api.get_credential("g"),
    "update credential": lambda api: api.update_credential("g", {}),
    "archive credential": lambda api: api.archive_credential("g"),
    "credentials": lambda api: api.list_credentials(),
    "roles": lambda api: api.list_roles(),
    "role": lambda api: api.find_role("$admin"),
    "connection": lambda api: api.get_connection("default/bigquery/1"),
    "index search": lambda api: api.find_active_runs("s"),
    "connection search": lambda api: api.search_connections(),
    "marketplace": lambda api: api.list_marketplace_apps(),
    "failed nodes": lambda api: api.get_failed_nodes("r"),
}
OF_AN_APP: dict[str, Callable[[AtlanApi], object]] = {
    "describe": lambda api: api.describe_app("a"),
    "contract": lambda api: api.get_contract("a"),
}
BODIES_OF_404: list[tuple[Any, type[AtlanError]]] = [
    ("<html>nginx</html>", ForeignAnswer),
    ("404 page not found", ForeignAnswer),
    ("", ForeignAnswer),
    ([], ForeignAnswer),
    ("null", ForeignAnswer),
    ({}, ForeignAnswer),
    ({"detail": "Not Found"}, ForeignAnswer),
    ({"code": 404}, ForeignAnswer),
    ({"code": 404, "message": None}, ForeignAnswer),
    ({"error": "Not Found", "status": 404, "path": "/"}, ForeignAnswer),
    ({"message": "no Route matched with those values"}, UnprovenNotFound),
    ({"statusCode": 404, "message": "Resource not found"}, UnprovenNotFound),
    ({"errorMessage": "no such workflow"}, UnprovenNotFound),
    ({"errorCode": "ATLAN-404", "errorMessage": "no such workflow"}, NotFound),
    ({"code": 404, "message": "no such workflow"}, NotFound),
]


def test_each_operation_is_in_a_table() -> None:
    """The other public methods send no request by themselves."""
    called = {name for each in (OPERATIONS | OF_AN_APP).values() for name in each.__code__.co_names}
    public = {name for name in dir(AtlanApi) if not name.startswith("_")}
    assert public - {"close", "earliest_time", "for_recovery", "with_timeout"} == called


def _id_of_body(value: object) -> str:
    return value.__name__ if isinstance(value, type) else json.dumps(value)


@pytest.mark.parametrize("operation", [*OPERATIONS, *OF_AN_APP])
@pytest.mark.parametrize(("body", "error"), BODIES_OF_404, ids=_id_of_body)
def test_only_the_services_own_404_proves_that_an_object_is_gone(
    body: Any, error: type[AtlanError], operation: str, api: AtlanApi, server: ScriptedServer
) -> None:
    """It has a code and a message. About an app, every JSON object counts. No 404 is ambiguous."""
    expected = NotFound if operation in OF_AN_APP and isinstance(body, dict) else error
    server.plays(Reply(404, body))
    with pytest.raises(AtlanError) as raised:
        {**OPERATIONS, **OF_AN_APP}[operation](api)
    assert (expected, 404, False) == (type(raised.value), raised.value.status, raised.value.ambiguous)


@pytest.mark.parametrize(
    ("body", "code", "message"),
    [
        ({"errorCode": "ATLAN-404", "errorMessage": "no such workflow"}, "ATLAN-404", "no such workflow"),
        ({"code": 1404, "message": "no such workflow", "errorId": "e"}, "1404", "no such workflow"),
        ({"status": 404, "message": "no such workflow"}, "404", "no such workflow"),
        ({"errorCode": 0, "code": "x", "errorMessage": "", "message": "gone"}, "x", "gone"),
    ],
)
def test_the_services_own_404_means_that_it_is_gone(
    body: dict[str, Any], code: str, message: str, api: AtlanApi, server: ScriptedServer
) -> None:
    """Its error body has a code and a message, under either name."""
    server.plays(Reply(404, body))
    with pytest.raises(NotFound) as raised:
        api.get_workflow("s")
    assert (code, message, 404) == (raised.value.code, raised.value.message, raised.value.status)


def test_a_404_without_a_code_says_so(api: AtlanApi, server: ScriptedServer) -> None:
    """The text says that the code is missing, even if the service's own text is left out."""
    server.plays(Reply(404, {"message": "no such workflow"}))
    with pytest.raises(UnprovenNotFound) as raised:
        api.get_workflow("s")
    assert "status 404 and no code: no such workflow" in str(raised.value)
    text = raised.value.text(with_service_text=False)
    assert ("status 404 and no code" in text, "such" in text) == (True, False)


@pytest.mark.parametrize(
    ("body", "slugs", "version"),
    [
        ({"message": "taken", "slug": "a-1", "version": 7}, ("a-1",), 7),
        ({"code": 409, "message": "taken", "slug": "a-1", "version": 7}, ("a-1",), 7),
        ({"message": "taken", "slugs": ["a-1", "a-2"]}, ("a-1", "a-2"), None),
        ({"errorCode": "AE-WF-409", "errorMessage": "taken", "slugs": ["a-1", "a-2"]}, ("a-1", "a-2"), None),
        ({"message": "taken", "slug": "a-1", "slugs": ["a-1", "a-2", None, 3]}, ("a-1", "a-2"), None),
        ({"message": "taken"}, (), None),
        ("<html>", (), None),
        ({"message": "taken", "slug": {}, "slugs": "a", "version": "7"}, (), None),
    ],
)
def test_a_conflict_names_the_workflows_that_hold_the_name(
    body: Any, slugs: tuple[str, ...], version: int | None, api: AtlanApi, server: ScriptedServer
) -> None:
    """One slug or several, as the service writes them. Other values are left out."""
    server.plays(Reply(409, body))
    with pytest.raises(Conflict) as raised:
        api.create_workflow(app_id="x", name="n", inputs={})
    assert (slugs, version) == (raised.value.slugs, raised.value.version)


@pytest.mark.parametrize(
    "slug", ['a"\n}\nresource "x" "y" {', "a\n", "${file(1)}", "a b", "../a", "", "a" * 513], ids=lambda slug: slug[:8]
)
def test_a_conflict_with_a_text_that_is_no_slug_is_refused(slug: str, api: AtlanApi, server: ScriptedServer) -> None:
    """The error of a conflict contains import blocks, which users paste."""
    server.plays(Reply(409, {"message": "taken", "slugs": ["a-1", slug]}))
    if slug:
        with pytest.raises(UnusableAnswer, match="it names a workflow by a text that is not a slug"):
            api.create_workflow(app_id="x", name="n", inputs={})
    else:  # the service writes an empty text for none
        with pytest.raises(Conflict):
            api.create_workflow(app_id="x", name="n", inputs={})


@pytest.mark.parametrize(("code", "unknown"), [(1003, True), ("1003", True), (1004, False), (None, False)])
def test_code_1003_is_an_unknown_entrypoint(code: Any, unknown: bool, api: AtlanApi, server: ScriptedServer) -> None:
    """The code decides, as a number or as text. The message does not."""
    server.plays(Reply(400, {"code": code, "message": "unknown entrypoint 1003"}))
    with pytest.raises(BadRequest) as raised:
        api.create_workflow(app_id="x", name="n", inputs={}, entrypoint="e")
    assert unknown == raised.value.has_no_contract


def test_causes_are_in_the_message(api: AtlanApi, server: ScriptedServer) -> None:
    """The message of each cause is shown with its location. Malformed causes are left out."""
    causes: list[Any] = [
        {"errorType": "T", "errorMessage": "must be a list", "location": "inputs.include"},
        {"errorType": "Missing"},
        {"errorMessage": {"no": "text"}},
        "text",
        None,
    ]
    body = {"errorCode": 1001, "errorMessage": "invalid inputs", "errorCause": "schema", "causes": causes}
    server.plays(Reply(400, body))
    with pytest.raises(BadRequest) as raised:
        api.update_workflow("s", inputs={})
    assert ("schema", "must be a list (at inputs.include)", "Missing") == raised.value.causes
    assert (
        "PUT /api/service/v1/app/s was answered with status 400: invalid inputs. Code 1001. "
        "Causes: schema; must be a list (at inputs.include); Missing. "
        f"Request id {server.requests[0].headers['x-atlan-request-id']}."
    ) == str(raised.value)


def test_an_error_without_words_is_still_a_sentence(api: AtlanApi, server: ScriptedServer) -> None:
    """The error says that the answer was a page, and does not quote it."""
    server.plays(Reply(403, "<html><h1>Forbidden</h1></html>"))
    with pytest.raises(ServiceError, match="status 403: no reason was given, the answer is a page of HTML or XML"):
        api.get_workflow("s")


@pytest.mark.parametrize("status", [400, 401, 403, 409, 500, 503])
def test_the_key_is_in_no_text_even_if_the_service_says_it(
    status: int, clients: Clients, server: ScriptedServer
) -> None:
    """In message, causes, code and path, three stars replace the key."""
    key = "key/with+signs=="
    body = {"code": key, "message": f"Bearer {key}", "causes": [{"errorMessage": key, "location": key}]}
    server.always = Reply(status, body)
    with pytest.raises(AtlanError) as raised:
        clients.of(server.url, key=key, policy=RetryPolicy(max_retries=0)).get_workflow(key)
    with register(key):
        told = shown(raised.value)
    assert "Bearer ***" in told
    assert key not in told
    assert "key%2Fwith" not in told


def test_an_answers_text_reaches_a_terminal_as_plain_words(api: AtlanApi, server: ScriptedServer) -> None:
    """Escapes, control characters and halves of characters are removed, and the length is limited."""
    message = "\x1b[31mred\x1b[0m \x1b]0;title\x07bell\x07\r\nnext\u202eline \ud800 " + "long " * 1_000
    server.plays(Reply(500, json.dumps({"message": message, "causes": [{"errorMessage": message}] * 100})))
    with pytest.raises(ServerError) as raised:
        api.get_workflow("s")
    told = printable(str(raised.value))
    assert "red bell\nnextline ? long long" in told
    assert told.replace("\n", "").isprintable()
    assert len(told) <= MAX_DETAIL_LENGTH
    told.encode()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'{"slug": "a-1", "inputs": {"slug": "b"}, "dag": {"id": "c"}}', ["a-1"]),
        (b'{"slugs": ["a-1", "a 2", 3]}', ["a-1"]),
        (b'{"workflows": [{"slug": "a-1", "schedules": [{"trigger_id": "t-1"}]}, null]}', ["a-1", "t-1"]),
        (b'{"message": "no", "input": {"slug": "a-1"}}', []),
        (b"no JSON", []),
        (b'{"workflows": [' * 900 + b"]}" * 900, []),
    ],
)
def test_the_identifiers_of_an_answer_are_those_that_the_service_writes(body: bytes, expected: list[str]) -> None:
    """Inputs, and what an error repeats, contain what a user wrote."""
    assert expected == identifiers_in(body)
