"""``atlan_credential``: what is sent, what is read, and what errors tell, by tables."""

import threading
from collections.abc import Iterator
from contextlib import closing
from types import SimpleNamespace
from typing import Any

import pytest

from provider.client.api import connect
from provider.client.errors import AtlanError
from provider.client.retries import RetryPolicy
from provider.errors import explain
from provider.framework import GONE, Context, Diagnostics, PlanContext, Unknown, UserError
from provider.framework.protocol.diagnostics import printable
from provider.framework.redaction import register
from provider.resources.credential.resource import CredentialResource
from tests.support.http_server import Reply, ScriptedServer, http_server

GUID = "5c7a1e0e-0000-4000-8000-000000000001"
CANARY = 'c4nary-"1"/one+ü'
NULLS = dict.fromkeys(CredentialResource.get_schema().by_name)
REQUIRED = {"auth_type": "basic", "connector_config_name": "atlan-connectors-postgres", "test_before_store": False}
NAMED = NULLS | REQUIRED | {"name": "shared"}
STATE = NAMED | {"id": GUID, "guid": GUID}
RECORD = {"id": GUID, "authType": "basic", "connectorConfigName": "atlan-connectors-postgres", "name": "shared"}


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with http_server() as scripted:
        yield scripted


@pytest.fixture
def resource(server: ScriptedServer) -> Iterator[CredentialResource]:
    policy = RetryPolicy(max_retries=0)
    api = connect(server.url, "not-a-real-key-4711", request_timeout=10, retries=policy, stop=threading.Event())
    with closing(api):
        yield CredentialResource(SimpleNamespace(client=api, is_known=True))


def context(kind: type[Any] = Context, **given: Any) -> Any:
    secrets = {"password_wo": CANARY, "extra_wo": {"private_key": CANARY}} | given
    return kind(Diagnostics(), "atlan_credential", threading.Event(), config=NULLS | secrets)


def told(context: Context) -> str:
    return "\n".join(f"{each.summary}\n{each.detail}" for each in context.diagnostics.diagnostics)


@pytest.mark.parametrize(
    ("planned", "secrets", "expected"),
    [
        pytest.param({}, {}, {"password": CANARY, "extra": {"private_key": CANARY}}, id="secrets alone"),
        pytest.param({}, {"password_wo": None, "extra_wo": None}, {}, id="no secrets"),
        pytest.param(
            {"extra": {"ssl": True, "role": None}},
            {},
            {"password": CANARY, "extra": {"ssl": True, "role": None, "private_key": CANARY}},
            id="both extras in one",
        ),
        pytest.param({"extra": {}}, {"password_wo": None, "extra_wo": None}, {"extra": {}}, id="empty extra"),
        pytest.param(
            {"host": "", "port": 0, "username": "u", "connector_type": "postgres"},
            {"password_wo": "", "extra_wo": None},
            {"host": "", "port": 0, "username": "u", "connectorType": "postgres", "password": ""},
            id="empty is not unset",
        ),
    ],
)
def test_the_body_holds_what_is_configured(
    server: ScriptedServer,
    resource: CredentialResource,
    planned: dict[str, Any],
    secrets: dict[str, Any],
    expected: dict[str, Any],
) -> None:
    """In the wire's keys, without what is unset, on create and on update alike."""
    server.plays(Reply(body={"id": GUID}), Reply(body=RECORD), Reply(body={}))
    resource.create(context(**secrets), NAMED | planned)
    resource.update(context(**secrets), STATE | {"secret_wo_version": 1}, STATE | planned)
    common = {key: RECORD[key] for key in ("authType", "connectorConfigName", "name")}
    assert [common | expected] * 2 == [each.json() for each in server.requests if each.method == "POST"]


def test_a_name_that_is_not_known_yet_is_not_sent(server: ScriptedServer, resource: CredentialResource) -> None:
    """The service gives one, which is read back."""
    server.plays(Reply(body={"id": GUID}), Reply(body={**RECORD, "name": "default-postgres-1-0"}))
    state = resource.create(context(), NAMED | {"name": Unknown, "id": Unknown, "guid": Unknown})
    assert "name" not in server.requests[0].json()
    assert (GUID, GUID, "default-postgres-1-0") == (state["id"], state["guid"], state["name"])


@pytest.mark.parametrize(
    ("current", "planned", "expected"),
    [
        pytest.param({}, {}, {"host": "set elsewhere"}, id="not configured: kept"),
        pytest.param({"host": "h"}, {}, {}, id="removed here: removed"),
        pytest.param({"host": "h"}, {"host": "i"}, {"host": "i"}, id="configured: sent"),
    ],
)
def test_an_update_keeps_what_nobody_here_manages(
    server: ScriptedServer,
    resource: CredentialResource,
    current: dict[str, Any],
    planned: dict[str, Any],
    expected: dict[str, Any],
) -> None:
    """An update replaces the whole credential, so what somebody else set goes along."""
    server.plays(Reply(body={**RECORD, "host": "set elsewhere"}), Reply(body={}))
    resource.update(context(), STATE | current, STATE | planned | {"secret_wo_version": 2})
    sent = server.requests[-1].json()
    assert expected == {key: sent[key] for key in sent if key == "host"}


@pytest.mark.parametrize("change", [{"test_before_store": True}, {"name": Unknown}], ids=str)
def test_an_update_of_nothing_that_is_stored_sends_nothing(
    server: ScriptedServer, resource: CredentialResource, change: dict[str, Any]
) -> None:
    """The state alone changes."""
    resource.update(context(), STATE, STATE | change)
    assert [] == server.requests


@pytest.mark.parametrize(
    ("known", "remote", "expected"),
    [
        pytest.param({"host": "a"}, {"host": "b"}, {"host": "b"}, id="changed"),
        pytest.param({"host": "a"}, {}, {"host": None}, id="removed"),
        pytest.param({}, {"host": "b", "port": 1, "username": "u", "connectorType": "c"}, {}, id="not managed"),
        pytest.param({"host": "", "port": 0}, {"host": None}, {}, id="empty"),
        pytest.param({"port": 5432}, {"port": "5432"}, {}, id="number as text"),
        pytest.param({}, {"name": "renamed"}, {"name": "renamed"}, id="renamed"),
        pytest.param({}, {"authType": None}, {"auth_type": None}, id="flattened"),
        pytest.param({"extra": {"a": 1}}, {"extra": {"a": None, "b": None}}, {}, id="extra without values"),
        pytest.param({"extra": {"a": 1}}, {"extra": {"a": 2}}, {"extra": {"a": 2}}, id="extra changed"),
        pytest.param({"extra": {"a": 1}}, {"extra": {"b": None}}, {"extra": {}}, id="extra's key removed"),
        pytest.param({"extra": {"a": None, "b": "x"}}, {"extra": {"b": "x"}}, {}, id="extra's null left out"),
        pytest.param(
            {"extra": {"a": {"b": 1, "c": None}}}, {"extra": {"a": {"b": 1}}}, {}, id="extra's inner null left out"
        ),
        pytest.param({"extra": {"a": None}}, {"extra": {"a": "x"}}, {"extra": {"a": "x"}}, id="extra's null set"),
        pytest.param({"extra": {"a": 1}}, {}, {}, id="extra not shown"),
        pytest.param({"extra": {"a": 1}}, {"extra": {}}, {}, id="extra shown empty"),
        pytest.param({}, {"extra": {"a": "x"}}, {}, id="extra not managed"),
        pytest.param({"extra": {"a": {"b": 1}}}, {"extra": {"a": '{"b": 1.0}'}}, {}, id="extra means the same"),
    ],
)
def test_a_read_shows_drift_of_what_is_managed(
    server: ScriptedServer,
    resource: CredentialResource,
    known: dict[str, Any],
    remote: dict[str, Any],
    expected: dict[str, Any],
) -> None:
    """And leaves as it was what the service does not show, or what nobody configured."""
    server.plays(Reply(body=RECORD | remote))
    assert STATE | known | expected == resource.read(context(), STATE | known)


def test_an_import_takes_no_value_of_extra(server: ScriptedServer, resource: CredentialResource) -> None:
    """Whatever the service shows there may be a secret; the keys are named."""
    server.plays(Reply(body=RECORD | {"host": "h", "extra": {"private_key": CANARY, "role": "r"}}))
    ctx = context()
    assert STATE | {"host": "h"} == resource.import_(ctx, GUID)
    assert "Its keys are private_key, role" in told(ctx)
    assert CANARY not in told(ctx)


FAULTS = {
    "refused": Reply(400, {"code": "1", "message": f"bad {CANARY}", "causes": [{"errorMessage": f"no {CANARY}"}]}),
    "forbidden": Reply(403, {"code": "1", "message": CANARY}),
    "failed": Reply(500, {"message": f"cannot sign in with {CANARY}"}),
    "limited": Reply(429, {"message": f"{CANARY} again"}),
    "a page": Reply(502, f"<html>{CANARY}</html>"),
    "not JSON": Reply(200, CANARY),
    "no shape": Reply(200, {"id": [CANARY]}),
    "lost": Reply(act="drop"),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("update", [False, True], ids=["create", "update"])
def test_no_fault_makes_an_error_show_a_secret(
    server: ScriptedServer, resource: CredentialResource, fault: Reply, update: bool
) -> None:
    """Whatever the service echoes of what it was sent."""
    server.plays(*([Reply(body=RECORD)] if update else []), fault)
    try:
        _ = resource.update(context(), STATE, STATE | {"host": "h"}) if update else resource.create(context(), NAMED)
    except (AtlanError, UserError) as error:
        problem = explain(error) if isinstance(error, AtlanError) else error
        schema, config = CredentialResource.schema, context().config
        with register(*schema.secrets_in(config)):
            assert "c4nary" not in printable(f"{problem.summary}{problem.detail}")
    else:
        assert update, "an update is done by then, whatever its answer tells"
    assert CANARY in server.requests[-1].json().values()


@pytest.mark.parametrize(
    ("location", "planned", "expected"),
    [
        ("credential.connectorConfigName", {}, ["connector_config_name"]),
        ("authType", {}, ["auth_type"]),
        ("credential.password", {}, ["password_wo"]),
        ("credential.extra.role", {"extra": {"role": "r"}}, ["extra"]),
        ("credential.extra.private_key", {}, ["extra_wo"]),
        ("somewhere.else", {}, None),
        ("", {}, None),
    ],
)
def test_a_refusal_is_told_on_the_attribute(
    server: ScriptedServer,
    resource: CredentialResource,
    location: str,
    planned: dict[str, Any],
    expected: list[str] | None,
) -> None:
    """The service names its wire key."""
    causes = [{"errorMessage": "not so", "location": location}]
    server.plays(Reply(400, {"code": "1", "message": "invalid", "causes": causes}))
    with pytest.raises(UserError) as caught:
        resource.create(context(), NAMED | planned)
    assert expected == caught.value.path


@pytest.mark.parametrize(
    ("status", "summary", "path"),
    [
        (400, "The service refused the credential", ["host"]),
        (422, "The service refused the credential", ["host"]),
        (500, "A credential may exist that Terraform does not know", None),
    ],
)
@pytest.mark.parametrize("tested", [True, False])
def test_a_failed_test_says_that_it_was_tried(
    server: ScriptedServer,
    resource: CredentialResource,
    tested: bool,
    status: int,
    summary: str,
    path: list[str] | None,
) -> None:
    """Whatever status it is answered with, the message says what a failure means, where the test was asked for."""
    causes = [{"errorMessage": "sign-in failed", "location": "credential.host"}]
    server.plays(Reply(status, {"code": "1", "message": "sign-in failed", "causes": causes}))
    with pytest.raises(UserError) as caught:
        resource.create(context(), NAMED | {"test_before_store": tested})
    assert (summary, path) == (caught.value.summary, caught.value.path)
    assert tested == ("tried against its source" in caught.value.detail)


@pytest.mark.parametrize("status", [400, 422])
def test_a_refused_update_was_not_tried(server: ScriptedServer, resource: CredentialResource, status: int) -> None:
    """The service tries a credential only when it is made, so the message speaks of no try."""
    server.plays(Reply(body=RECORD), Reply(status, {"code": "1", "message": "invalid"}))
    with pytest.raises(UserError, match="The service refused the credential") as caught:
        resource.update(context(), STATE, STATE | {"host": "h", "test_before_store": True})
    assert "tried" not in caught.value.detail


def test_an_archived_credential_that_is_still_shown_is_gone(
    server: ScriptedServer, resource: CredentialResource
) -> None:
    """The next plan makes it anew."""
    server.plays(Reply(body=RECORD | {"isActive": False}))
    assert resource.read(context(), STATE) is GONE


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({}, []),
        ({"name": Unknown, "port": Unknown, "extra": Unknown, "extra_wo": Unknown}, []),
        ({"extra": {"a": 1}, "extra_wo": {"b": 1}, "port": 443}, []),
        ({"name": "", "auth_type": ""}, ["name is empty", "auth_type is empty"]),
        ({"port": 70000}, ["70000 is not a port"]),
        ({"port": 1.5}, ["1.5 is not a port"]),
        ({"port": -1}, ["-1 is not a port"]),
        ({"extra": "text"}, ["extra is not an object"]),
        ({"extra_wo": CANARY}, ["extra_wo is not an object"]),
        ({"extra": {"a": 1, "b": 2}, "extra_wo": {"a": CANARY}}, ["a stands in extra and in extra_wo"]),
    ],
)
def test_validate_tells_what_cannot_be_sent(
    resource: CredentialResource, config: dict[str, Any], expected: list[str]
) -> None:
    """Without a request, and without the value of anything that is secret."""
    diagnostics = Diagnostics()
    resource.validate(diagnostics, "atlan_credential", NAMED | config)
    assert expected == [each.summary for each in diagnostics.diagnostics]
    assert not any(CANARY in f"{each.summary}{each.detail}" for each in diagnostics.diagnostics)


@pytest.mark.parametrize(
    ("changed", "secrets", "warned"),
    [
        ({"host"}, {}, False),
        ({"host"}, {"password_wo": None, "extra_wo": None}, True),
        ({"secret_wo_version"}, {"password_wo": Unknown, "extra_wo": None}, False),
        ({"test_before_store"}, {"password_wo": None, "extra_wo": None}, False),
    ],
)
def test_a_plan_warns_of_an_update_without_secrets(
    resource: CredentialResource, changed: set[str], secrets: dict[str, Any], warned: bool
) -> None:
    """Only where something will be sent; what is not known yet counts as a secret."""
    ctx = context(PlanContext, **secrets)
    ctx.changed = changed
    resource.plan(ctx, STATE, STATE)
    assert warned == ("No secret is configured" in told(ctx))
