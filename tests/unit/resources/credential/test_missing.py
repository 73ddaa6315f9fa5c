"""The proof that a credential is gone after a 404."""

from typing import Any

import pytest

from provider.client.errors import Forbidden
from provider.framework import GONE, UserError
from provider.resources.credential.resource import CredentialResource
from tests.support.credential_resource import GUID, RECORD, STATE, context
from tests.support.http_server import Reply, ScriptedServer
from tests.support.tenants import ON_TENANT

WITH_CODE = Reply(404, {"code": 404, "message": "no such credential"})
WITHOUT_CODE = Reply(404, {"message": "no such credential"})
EMPTY_LIST = Reply(body={"records": [], "totalRecord": 0})


@pytest.mark.parametrize(
    ("replies", "expected"),
    [
        pytest.param([WITH_CODE], GONE, id="a code proves it"),
        pytest.param([WITHOUT_CODE, EMPTY_LIST], GONE, id="the list proves it"),
        pytest.param(
            [WITHOUT_CODE, Reply(body={"records": [RECORD], "totalRecord": 1}), EMPTY_LIST],
            "the list of credentials still contains it",
            id="listed",
        ),
        pytest.param(
            [WITHOUT_CODE, Reply(body={"records": [], "totalRecord": 1})],
            "the list of credentials is incomplete",
            id="incomplete",
        ),
        pytest.param([WITHOUT_CODE, WITHOUT_CODE], "this tenant does not list its credentials", id="no list"),
        pytest.param(
            [WITHOUT_CODE, Reply(500, {"code": 1, "message": "no"})],
            "the list of credentials could not be read",
            id="the list fails",
        ),
    ],
)
def test_a_404_is_judged(
    server: ScriptedServer, resource: CredentialResource, replies: list[Reply], expected: Any
) -> None:
    """The service's code is a proof. Without it, only a complete list is one."""
    server.plays(*replies)
    ctx = context()
    ctx.private = {**ON_TENANT}
    if expected is GONE:
        assert GONE is resource.read(ctx, STATE)
        return
    with pytest.raises(UserError, match=f"It is not known whether the credential {GUID} exists") as raised:
        resource.read(ctx, STATE)
    assert expected in raised.value.detail


def test_any_other_error_is_not_about_the_credential(server: ScriptedServer, resource: CredentialResource) -> None:
    """It is reported as it is."""
    server.plays(Reply(403, {"code": 403, "message": "no"}))
    with pytest.raises(Forbidden):
        resource.read(context(), STATE)


CALLS: dict[str, Any] = {
    "read": lambda credential: credential.read(context(), STATE),
    "update": lambda credential: credential.update(context(), STATE, STATE | {"host": "h"}),
    "delete": lambda credential: credential.delete(context(), STATE),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
@pytest.mark.parametrize("has_code", [True, False])
def test_nothing_is_gone_while_the_tenant_of_the_state_is_not_known(
    server: ScriptedServer, resource: CredentialResource, call: Any, has_code: bool
) -> None:
    """The credential may be on another tenant, whose list does not contain it either."""
    server.plays(WITH_CODE if has_code else WITHOUT_CODE, EMPTY_LIST)
    with pytest.raises(UserError, match=f"The credential {GUID} was not found, and state does not say on which tenant"):
        call(resource)
