"""Vaulted credentials: the requests, what is read of the answers, and that nothing of a body is ever told."""

import json
import logging
from base64 import b64encode
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest

from provider.client.api import AtlanApi
from provider.client.entities import Credential, VaultedCredential
from provider.client.errors import AtlanError, BadRequest, NoAnswer, NotFound, ServerError, UnusableAnswer
from tests.support.http_server import Received, Reply, ScriptedServer
from tests.unit.client.conftest import KEY

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


def vault(api: AtlanApi) -> object:
    return api.vault_credential(BODY)


def update(api: AtlanApi) -> object:
    return api.update_credential(GUID, BODY)


def archive(api: AtlanApi) -> object:
    return api.archive_credential(GUID)


def create_app(api: AtlanApi) -> object:
    return api.create_workflow(app_id="x", name="n", inputs={"credential": BODY})


def create_app_of_text(api: AtlanApi) -> object:
    return api.create_workflow(app_id="x", name="n", inputs={"credential": json.dumps(BODY)})


def update_app(api: AtlanApi) -> object:
    return api.update_workflow("s", inputs={"credential": BODY})


def hidden(api: AtlanApi) -> object:
    return api.hiding(BODY).within(60).update_workflow("s", inputs={"deep": {"in": [BODY]}})


WRITES = [vault, update, create_app, create_app_of_text, update_app, hidden]


@pytest.mark.parametrize(("test", "told"), [(False, "false"), (True, "true")])
def test_a_credential_is_vaulted_as_it_is_given(test: bool, told: str, api: AtlanApi, server: ScriptedServer) -> None:
    """The body goes as it is, and whether it is tested first stands in the query."""
    server.plays(Reply(body=RECORD))
    assert VaultedCredential(id=GUID) == api.vault_credential(BODY, test=test)
    (request,) = server.requests
    assert ("POST", "/api/service/credentials") == (request.method, request.path)
    assert [("testCredential", told)] == request.query
    assert BODY == request.json()


def test_a_credential_is_not_tested_unless_it_is_asked_for(api: AtlanApi, server: ScriptedServer) -> None:
    """A test needs the source to be reachable from the tenant."""
    server.plays(Reply(body=RECORD))
    vault(api)
    assert [("testCredential", "false")] == server.requests[0].query


def test_a_credential_is_read_without_its_password(api: AtlanApi, server: ScriptedServer) -> None:
    """Names are snake_case here; a password that came all the same is not kept."""
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


@pytest.mark.parametrize(
    ("wire", "field", "value"),
    [
        ({}, "port", None),
        ({"port": "443"}, "port", 443),
        ({"port": ""}, "port", None),
        ({"port": None}, "port", None),
        ({"extra": None}, "extra", None),
        ({"name": None}, "name", None),
        ({"isActive": None}, "is_active", None),
        ({"connection": {"a": 1}, "level": "user", "metadata": []}, "id", GUID),
    ],
    ids=str,
)
def test_a_record_may_leave_out_or_write_otherwise_what_it_will(
    wire: dict[str, Any], field: str, value: Any, api: AtlanApi, server: ScriptedServer
) -> None:
    """The guid alone is needed."""
    server.plays(Reply(body={"id": GUID, **wire}))
    assert value == getattr(api.get_credential(GUID), field)


@pytest.mark.parametrize("body", [{}, {"id": ""}, {"id": 5}, [], "<html>"], ids=str)
@pytest.mark.parametrize("operation", [vault, lambda api: api.get_credential(GUID)], ids=["vault", "get"])
def test_an_answer_without_a_guid_is_none(
    operation: Callable[[AtlanApi], object], body: Any, api: AtlanApi, server: ScriptedServer
) -> None:
    """Nothing passes for a credential."""
    server.plays(Reply(body=body))
    with pytest.raises(UnusableAnswer):
        operation(api)


@pytest.mark.parametrize("answer", [RECORD, {}, {"name": "n"}], ids=["record", "nothing", "a part"])
def test_an_update_is_done_however_little_its_answer_tells(
    answer: dict[str, Any], api: AtlanApi, server: ScriptedServer
) -> None:
    """The guid is known; the body goes as it is."""
    server.plays(Reply(body=answer))
    assert GUID == api.update_credential(GUID, BODY).id
    (request,) = server.requests
    assert ("POST", f"/api/service/credentials/{GUID}", []) == (request.method, request.path, request.query)
    assert BODY == request.json()


@pytest.mark.parametrize("body", [RECORD, {}, "", "OK"], ids=["record", "nothing", "empty", "text"])
def test_an_archive_needs_no_answer_but_success(body: Any, api: AtlanApi, server: ScriptedServer) -> None:
    """What it says is not read."""
    server.plays(Reply(body=body))
    archive(api)
    (request,) = server.requests
    assert ("POST", f"/api/service/credentials/{GUID}/archive", b"") == (request.method, request.path, request.body)


def test_a_page_in_place_of_an_answer_to_an_archive_is_no_success(api: AtlanApi, server: ScriptedServer) -> None:
    """A sign-in page before the tenant has archived nothing."""
    server.plays(Reply(body="<html>Sign in</html>"))
    with pytest.raises(UnusableAnswer, match="a page of HTML or XML"):
        archive(api)


@pytest.mark.parametrize("operation", [archive, update, lambda api: api.get_credential(GUID)])
def test_a_credential_that_is_gone_is_not_found(
    operation: Callable[[AtlanApi], object], api: AtlanApi, server: ScriptedServer
) -> None:
    """In the service's own words, as anything else."""
    server.plays(Reply(404, {"code": 1404, "message": "credential not found"}))
    with pytest.raises(NotFound):
        operation(api)


@pytest.mark.parametrize("operation", [vault, update, archive])
def test_a_write_whose_answer_is_lost_is_not_repeated(
    operation: Callable[[AtlanApi], object], api: AtlanApi, server: ScriptedServer
) -> None:
    """A second one would vault a second credential."""
    server.always = Reply(act="drop")
    with pytest.raises(NoAnswer) as raised:
        operation(api)
    assert raised.value.ambiguous
    assert 1 == len(server.requests)


ECHOES: dict[str, Callable[[str], str]] = {
    "the whole body": str,
    "escaped": json.dumps,
    "a url": lambda body: "&".join(quote(str(value), safe="") for value in leaves(json.loads(body))),
    "base64": lambda body: " ".join(b64encode(str(value).encode()).decode() for value in leaves(json.loads(body))),
    "plain": lambda body: "; ".join(map(str, leaves(json.loads(body)))),
}


def leaves(value: Any) -> list[Any]:
    if isinstance(value, str) and value.startswith("{"):
        return leaves(json.loads(value))
    values = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return [value] if values is None else [leaf for each in values for leaf in leaves(each)]


@pytest.mark.parametrize("echo", ECHOES)
@pytest.mark.parametrize("operation", WRITES)
def test_no_error_tells_a_secret_of_what_was_submitted(
    operation: Callable[[AtlanApi], object],
    echo: str,
    api: AtlanApi,
    server: ScriptedServer,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A service that repeats what it refuses, in any way of writing it, lays nothing bare; the words around it stay."""
    caplog.set_level(logging.DEBUG)

    def refuse(request: Received) -> Reply:
        said = ECHOES[echo](request.body.decode())
        causes = [{"errorMessage": f"cause: {leaf}", "location": "inputs"} for leaf in leaves(request.json())]
        return Reply(400, {"code": 1001, "message": f"this is wrong: {said}", "causes": causes[-4:]})

    server.always = refuse
    with pytest.raises(BadRequest, match="this is wrong: ") as raised:
        operation(api)
    told = f"{raised.value} {raised.value!r} {vars(raised.value)} {caplog.text}"
    written = [form for secret in SECRETS for form in (secret, b64encode(secret.encode()).decode().rstrip("="))]
    assert not [form for form in written if form in told]
    assert "cause: *** (at inputs)" in told
    assert "1001" == raised.value.code


def test_what_an_operation_hides_is_hidden_in_all_its_requests(api: AtlanApi, server: ScriptedServer) -> None:
    """What was hidden first stays so, in reads as well, and the key with it; another view hides nothing more."""
    server.always = Reply(500, {"message": f"first-secret second-secret {KEY} plain"})
    for view in (
        api.hiding("first-secret").hiding({"a": "second-secret"}),
        api.hiding("first-secret", "second-secret"),
    ):
        with pytest.raises(ServerError, match=r"\*\*\* \*\*\* \*\*\* plain"):
            view.within(60).get_workflow("s")
    with pytest.raises(ServerError, match=r"first-secret second-secret \*\*\* plain"):
        api.get_workflow("s")


def test_no_repr_tells_what_is_hidden(api: AtlanApi) -> None:
    """A view of the tenant is safe to print."""
    view = api.hiding("first-secret")
    assert "first-secret" not in f"{view!r} {view._transport!r} {vars(view._transport)}"


def test_a_request_that_was_not_sent_tells_nothing_either(api: AtlanApi) -> None:
    """An error that is made here is cleaned as one of the service's is."""
    with pytest.raises(AtlanError) as raised:
        api.hiding(BODY).within(0).vault_credential(BODY)
    assert not [secret for secret in SECRETS if secret in f"{raised.value!r} {vars(raised.value)}"]


@pytest.mark.parametrize("operation", [update, update_app], ids=["credential", "app"])
def test_a_path_is_told_whatever_is_hidden(
    operation: Callable[[AtlanApi], object], api: AtlanApi, server: ScriptedServer
) -> None:
    """A word of it that happens to be a secret lays nothing bare, and without it nobody knows what failed."""
    server.always = Reply(500, {"message": "no service"})
    with pytest.raises(ServerError, match=r"(POST|PUT) /api/service/\S+ was answered with status 500: no \*\*\*"):
        operation(api.hiding("service", "api"))


def test_a_text_is_cleaned_of_what_is_hidden(api: AtlanApi) -> None:
    """And of the key: an error that another view raised may be shown by this one."""
    assert "bad ***, *** and ***" == api.hiding({"a": ["first-secret", "abc"]}).redacted(
        f"bad first-secret, abc and {KEY}"
    )


def test_an_archived_credential_is_not_found(api: AtlanApi, server: ScriptedServer) -> None:
    """The service may still show one."""
    server.plays(Reply(body={**RECORD, "isActive": False}))
    with pytest.raises(NotFound, match="it is archived"):
        api.get_credential(GUID)
