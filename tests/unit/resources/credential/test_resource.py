"""Create, read and update of a credential."""

import pytest

from provider.client.errors import AtlanError
from provider.errors import explain
from provider.framework import GONE, UserError
from provider.framework.protocol.diagnostics import printable
from provider.framework.redaction import register
from provider.resources.credential.resource import CredentialResource
from tests.support.credential_resource import CANARY, NAMED, RECORD, STATE, context
from tests.support.http_server import Reply, ScriptedServer
from tests.support.tenants import ON_TENANT

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
    """The service may return parts of the request."""
    server.plays(*([Reply(body=RECORD)] if update else []), fault)
    try:
        _ = resource.update(context(), STATE, STATE | {"host": "h"}) if update else resource.create(context(), NAMED)
    except (AtlanError, UserError) as error:
        problem = explain(error) if isinstance(error, AtlanError) else error
        with register(*CredentialResource.schema.secrets_in(context().config)):
            assert "c4nary" not in printable(f"{problem.summary}{problem.detail}")
    else:
        assert update, "an update is done by then, whatever its answer tells"
    assert CANARY in server.requests[-1].json().values()


def test_an_archived_credential_that_is_still_shown_is_gone(
    server: ScriptedServer, resource: CredentialResource
) -> None:
    """The next plan creates a new one."""
    server.plays(Reply(body=RECORD | {"isActive": False}))
    ctx = context()
    ctx.private = {**ON_TENANT}
    assert resource.read(ctx, STATE) is GONE
