"""Credentials: the requests and the answers."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from provider.client.api import AtlanApi
from provider.client.entities import CreatedCredential, Credential
from provider.client.errors import BadRequest, NoAnswer, NotFound, UnusableAnswer
from tests.support.http_server import Received, Reply, ScriptedServer

GUID = "5c7a1e0e-0000-4000-8000-000000000001"
BODY = {
    "authType": "basic",
    "name": "default-snowflake-1700000000-0",
    "connectorConfigName": "atlan-connectors-snowflake",
    "host": "warehouse.example.com",
    "port": 443,
    "username": "crawler-user",
    "password": 'hunter2/"4711"',
    "extra": {"role": "reader-role", "private_key": "-----BEGIN KEY-----\nQUJDREVG\n-----END KEY-----\n", "n": 123456},
}
SECRETS = ["hunter2", "4711", "reader-role", "QUJDREVG", "123456"]
RECORD = {"id": GUID, "version": "1", "isActive": True, "createdAt": 1, **{k: BODY[k] for k in BODY if k != "password"}}


def create(api: AtlanApi) -> object:
    return api.create_credential(BODY)


def update(api: AtlanApi) -> object:
    return api.update_credential(GUID, BODY)


def archive(api: AtlanApi) -> object:
    return api.archive_credential(GUID)


@pytest.mark.parametrize(("test", "told"), [(False, "false"), (True, "true")])
def test_a_credential_is_created_as_it_is_given(test: bool, told: str, api: AtlanApi, server: ScriptedServer) -> None:
    """The body is sent unchanged. The query says if the service tests it first."""
    server.plays(Reply(body=RECORD))
    assert CreatedCredential(id=GUID) == api.create_credential(BODY, test=test)
    (request,) = server.requests
    assert ("POST", "/api/service/credentials") == (request.method, request.path)
    assert [("testCredential", told)] == request.query
    assert BODY == request.json()


def test_a_credential_is_not_tested_unless_it_is_asked_for(api: AtlanApi, server: ScriptedServer) -> None:
    """A test needs the source to be reachable from the tenant."""
    server.plays(Reply(body=RECORD))
    create(api)
    assert [("testCredential", "false")] == server.requests[0].query


def test_a_credential_is_read_without_its_password(api: AtlanApi, server: ScriptedServer) -> None:
    """Names become snake_case. A password in the answer is not kept."""
    server.plays(Reply(body={**RECORD, "connectorType": "jdbc", "password": "hunter2"}))
    found = api.get_credential(GUID)
    assert ("GET", f"/api/service/credentials/{GUID}") == (server.requests[0].method, server.requests[0].path)
    expected = Credential(
        id=GUID,
        name=BODY["name"],
        auth_type="basic",
        connector_config_name="atlan-connectors-snowflake",
        connector_type="jdbc",
        host="warehouse.example.com",
        port=443,
        username="crawler-user",
        extra=BODY["extra"],
        is_active=True,
    )
    assert expected == found
    assert "hunter2" not in f"{vars(found)}"
    assert not [secret for secret in (*SECRETS, "crawler-user") if secret in repr(found)]


@pytest.mark.parametrize("answer", [RECORD, {}, {"name": "n"}], ids=["record", "nothing", "a part"])
def test_an_update_succeeds_with_an_almost_empty_answer(
    answer: dict[str, Any], api: AtlanApi, server: ScriptedServer
) -> None:
    """The guid is known. The body is sent unchanged."""
    server.plays(Reply(body=answer))
    assert GUID == api.update_credential(GUID, BODY).id
    (request,) = server.requests
    assert ("POST", f"/api/service/credentials/{GUID}", []) == (request.method, request.path, request.query)
    assert BODY == request.json()


@pytest.mark.parametrize("body", [RECORD, {}, "", "OK"], ids=["record", "nothing", "empty", "text"])
def test_an_archive_needs_no_answer_but_success(body: Any, api: AtlanApi, server: ScriptedServer) -> None:
    """The content of the answer is not read."""
    server.plays(Reply(body=body))
    archive(api)
    (request,) = server.requests
    assert ("POST", f"/api/service/credentials/{GUID}/archive", b"") == (request.method, request.path, request.body)


def test_a_page_instead_of_an_answer_to_an_archive_is_an_error(api: AtlanApi, server: ScriptedServer) -> None:
    """A sign-in page in front of the tenant archived nothing."""
    server.plays(Reply(body="<html>Sign in</html>"))
    with pytest.raises(UnusableAnswer, match="a page of HTML or XML"):
        archive(api)


@pytest.mark.parametrize("operation", [archive, update, lambda api: api.get_credential(GUID)])
def test_a_credential_that_is_gone_is_not_found(
    operation: Callable[[AtlanApi], object], api: AtlanApi, server: ScriptedServer
) -> None:
    """The service's own 404 means that it is gone."""
    server.plays(Reply(404, {"code": 1404, "message": "credential not found"}))
    with pytest.raises(NotFound):
        operation(api)


@pytest.mark.parametrize("operation", [create, update, archive])
def test_a_write_whose_answer_is_lost_is_not_repeated(
    operation: Callable[[AtlanApi], object], api: AtlanApi, server: ScriptedServer
) -> None:
    """A second request would create a second credential."""
    server.always = Reply(act="drop")
    with pytest.raises(NoAnswer) as raised:
        operation(api)
    assert raised.value.ambiguous
    assert 1 == len(server.requests)


def test_an_archived_credential_is_not_found(api: AtlanApi, server: ScriptedServer) -> None:
    """The service may still return it."""
    server.plays(Reply(body={**RECORD, "isActive": False}))
    with pytest.raises(NotFound, match="it is archived"):
        api.get_credential(GUID)


def listing(*records: dict[str, object] | None) -> Callable[[Received], Reply]:
    """Return replies with two records a page, whatever limit is requested."""

    def reply(request: Received) -> Reply:
        offset = int(dict(request.query)["offset"])
        return Reply(body={"records": list(records[offset : offset + 2]) or None})

    return reply


def test_a_list_has_all_pages(api: AtlanApi, server: ScriptedServer) -> None:
    """The service can return fewer records than the limit, and null for none."""
    records = [{**RECORD, "id": str(number), "name": f"n{number}"} for number in range(5)]
    server.always = listing(*records)
    found = api.list_credentials()
    assert (list("01234"), True) == ([each.id for each in found.credentials], found.is_complete)
    assert "filter" not in dict(server.requests[0].query)


def test_a_list_by_name_leaves_out_other_names(api: AtlanApi, server: ScriptedServer) -> None:
    """The service may ignore the filter."""
    server.always = listing({**RECORD, "name": "a"}, {**RECORD, "id": "other", "name": "b"})
    assert ["other"] == [each.id for each in api.list_credentials("b").credentials]
    assert {"name": "b"} == json.loads(dict(server.requests[0].query)["filter"])


def test_a_list_that_ignores_the_offset_ends(api: AtlanApi, server: ScriptedServer) -> None:
    """A page without a new credential is the last one, and the list may be incomplete."""
    server.always = lambda _: Reply(body={"records": [RECORD]})
    found = api.list_credentials()
    assert ([GUID], False) == ([each.id for each in found.credentials], found.is_complete)
    assert 2 == len(server.requests)


@pytest.mark.parametrize(
    ("name", "counts", "expected"),
    [
        (None, {}, True),
        (None, {"totalRecord": 0}, True),
        (None, {"totalRecord": 5}, False),
        (None, {"filterRecord": 5}, False),
        ("n", {"totalRecord": 5, "filterRecord": 0}, True),
        ("n", {"totalRecord": 5, "filterRecord": 1}, False),
    ],
)
def test_a_list_with_fewer_credentials_than_the_service_counts_is_incomplete(
    name: str | None, counts: dict[str, int], expected: bool, api: AtlanApi, server: ScriptedServer
) -> None:
    """A filtered list is compared with the number of filtered credentials only."""
    server.always = lambda _: Reply(body={"records": [], **counts})
    assert ((), expected) == (tuple(api.list_credentials(name).credentials), api.list_credentials(name).is_complete)


def test_a_list_without_an_end_is_an_error(
    api: AtlanApi, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would block a plan."""
    monkeypatch.setattr("provider.client.operations.MOST_PAGES", 3)
    server.always = lambda request: Reply(body={"records": [{**RECORD, "id": dict(request.query)["offset"]}]})
    with pytest.raises(UnusableAnswer, match="no last page"):
        api.list_credentials()


def test_a_taken_name_is_recognized_by_its_constraint(api: AtlanApi, server: ScriptedServer) -> None:
    """In the message or in a cause of a 400."""
    taken_name = "violates unique constraint credentials_name_key"
    texts = (
        {"message": taken_name},
        {"message": "wrong", "causes": [{"errorMessage": taken_name}]},
        {"message": "wrong"},
    )
    server.plays(*(Reply(400, {"code": 1, **text}) for text in texts))
    taken = []
    for _ in texts:
        with pytest.raises(BadRequest) as raised:
            create(api)
        taken.append(raised.value.credential_name_is_taken)
    assert [True, True, False] == taken
