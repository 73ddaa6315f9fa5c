"""The ``extra`` of a workflow's own credential, when a publish stores it again."""

import json
from types import SimpleNamespace
from typing import Any

import pytest

from provider.client.errors import (
    AtlanError,
    Forbidden,
    ForeignAnswer,
    NotFound,
    ServerError,
    Unauthorized,
    UnprovenNotFound,
    UnusableAnswer,
)
from provider.framework import Context, PlanContext, Unknown, UserError
from provider.resources.app import credential_extra
from tests.support.app_resource import app_context, app_state, stored_workflow, summaries
from tests.support.provider_data import provider_data

STORED = {"role": "old", "region": "eu", "key": None}
UNREAD = "The extra of the workflow's credential could not be read"
OWN = {"vaulted_credential": True}


def client(stored: Any = None, error: AtlanError | None = None) -> Any:
    def get_credential(guid: str) -> Any:
        assert "g-1" == guid
        if error is not None:
            raise error
        return SimpleNamespace(extra=STORED if stored is None else stored)

    api = SimpleNamespace(get_credential=get_credential)
    api.with_timeout = lambda _seconds: api
    return api


def with_kept(ctx: Any, api: Any, guid: str | None, given: Any) -> Any:
    return credential_extra.with_kept(ctx, provider_data(api), api, guid, given)


def config(extra: Any) -> Any:
    values = {"auth_type": "basic", "connector_config_name": "c", "extra": extra}
    return app_state(credential_wo={**dict.fromkeys(("name", "host", "password")), **values})


def raw(extra: Any) -> dict[str, Any]:
    return {"authType": "basic"} if extra is None else {"authType": "basic", "extra": extra}


@pytest.mark.parametrize(
    ("configured", "before", "expected"),
    [
        pytest.param({"role": "new"}, [], {"role": "new", "region": "eu"}, id="configured"),
        pytest.param({"key": "k"}, ["role"], {"key": "k", "region": "eu"}, id="left the configuration"),
        pytest.param(None, [], {"role": "old", "region": "eu"}, id="no extra"),
        pytest.param(None, ["role", "region"], None, id="nothing to keep"),
    ],
)
@pytest.mark.parametrize("is_text", [False, True], ids=["object", "text"])
def test_a_publish_keeps_what_the_service_shows(configured: Any, before: Any, expected: Any, *, is_text: bool) -> None:
    """The credential keeps its form."""
    ctx = app_context(config(configured), Context, credential_extra_keys=before)
    given: Any = json.dumps(raw(configured)) if is_text else raw(configured)
    found = with_kept(ctx, client(), "g-1", given)
    assert is_text == isinstance(found, str)
    assert raw(expected) == (json.loads(found) if isinstance(found, str) else found)


def test_a_key_is_sent_in_the_form_that_the_service_has() -> None:
    """Otherwise the credential would have the key twice."""
    composed, decomposed = "r\u00e9gion", "re\u0301gion"
    ctx = app_context(config({composed: "new"}))
    found = with_kept(ctx, client({decomposed: "old", "a": 1}), "g-1", raw({composed: "new"}))
    assert raw({"a": 1, decomposed: "new"}) == found


def test_an_extra_in_json_text_keeps_its_values() -> None:
    """Text that is not an object is sent as it is, and the service refuses it."""
    ctx = app_context(config(None))
    assert raw({"role": "new", "region": "eu"}) == with_kept(ctx, client(), "g-1", raw('{"role": "new"}'))
    assert raw("no object") == with_kept(ctx, client(), "g-1", raw("no object"))


def test_a_workflow_without_a_credential_keeps_nothing() -> None:
    """No request is sent."""
    assert raw(None) == with_kept(app_context(config(None)), None, None, raw(None))


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (NotFound("no", status=404), []),
        (Forbidden("no", status=403), [UNREAD]),
        (UnprovenNotFound("no", status=404), [UNREAD]),
        (UnusableAnswer("no"), [UNREAD]),
    ],
)
def test_a_credential_that_cannot_be_read_does_not_block_a_rotation(error: AtlanError, expected: list[str]) -> None:
    """The former credential may be gone, or the key may lack the permission."""
    ctx = app_context(config({"role": "new"}))
    found = with_kept(ctx, client(error=error), "g-1", raw({"role": "new"}))
    assert (raw({"role": "new"}), expected) == (found, summaries(ctx))


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ServerError("former", status=503), "The service failed"),
        (Unauthorized("former", status=401), "The API key was refused"),
        (ForeignAnswer("no"), "The answer did not come from the service"),
    ],
)
def test_a_failure_that_may_pass_sends_nothing(error: AtlanError, expected: str) -> None:
    """The next apply may keep the keys. The service's text can repeat a former secret, so it is left out."""
    ctx = app_context(config(None))
    with pytest.raises(UserError) as raised:
        with_kept(ctx, client(error=error), "g-1", raw(None))
    assert (expected, False, True) == (raised.value.summary, "former" in raised.value.detail, ctx.with_service_text)


@pytest.mark.parametrize(
    ("configured", "private", "guid", "expected"),
    [
        pytest.param({"role": "new"}, OWN, "g-1", ["The update removes keys of extra: key"], id="hidden"),
        pytest.param({"key": "new"}, OWN, "g-1", [], id="configured"),
        pytest.param({}, {**OWN, "credential_extra_keys": ["key"]}, "g-1", [], id="left the configuration"),
        pytest.param(Unknown, OWN, "g-1", [], id="unknown"),
        pytest.param({}, {}, "g-1", [], id="the credential of a connection"),
        pytest.param({}, OWN, None, [], id="no credential"),
    ],
)
def test_a_plan_names_the_keys_that_are_lost(configured: Any, private: Any, guid: Any, expected: list[str]) -> None:
    """The service hides their values, and they were never configured."""
    ctx = app_context(config(configured), PlanContext, **private)
    credential_extra.warn_lost(ctx, provider_data(client()), guid, None)
    assert expected == summaries(ctx)


def test_a_plan_names_the_keys_that_an_adoption_loses() -> None:
    """The guid is that of the workflow that was found."""
    ctx = app_context(config({}), PlanContext)
    credential_extra.warn_lost(ctx, provider_data(client()), None, stored_workflow({"credential_guid": "g-1"}))
    assert ["The update removes keys of extra: key"] == summaries(ctx)


def test_a_plan_without_a_configured_credential_reads_nothing() -> None:
    """The publish then sends none."""
    ctx = app_context(app_state(), PlanContext, **OWN)
    credential_extra.warn_lost(ctx, provider_data(None), "g-1", None)
    assert [] == summaries(ctx)


@pytest.mark.parametrize(
    ("error", "expected"), [(NotFound("no", status=404), []), (ServerError("no", status=503), [UNREAD])]
)
def test_a_plan_continues_without_the_credential(error: AtlanError, expected: list[str]) -> None:
    """A credential that is gone loses nothing."""
    ctx = app_context(config({}), PlanContext, **OWN)
    credential_extra.warn_lost(ctx, provider_data(client(error=error)), "g-1", None)
    assert expected == summaries(ctx)


def test_a_wrong_setup_fails_the_plan() -> None:
    """The apply cannot succeed."""
    ctx = app_context(config({}), PlanContext, **OWN)
    with pytest.raises(UserError, match="The API key was refused"):
        credential_extra.warn_lost(ctx, provider_data(client(error=Unauthorized("no", status=401))), "g-1", None)


def test_the_sent_keys_are_recorded_without_their_values() -> None:
    """A key that leaves the configuration is then removed."""
    ctx = app_context(config({"b": "secret", "a": 1}))
    credential_extra.remember_sent(ctx)
    assert {"credential_extra_keys": ["a", "b"]} == ctx.private
