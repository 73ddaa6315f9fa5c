"""Import by guid."""

from provider.resources.credential.resource import CredentialResource
from tests.support.credential_resource import CANARY, GUID, RECORD, STATE, context, messages
from tests.support.http_server import Reply, ScriptedServer


def test_an_import_takes_no_value_of_extra(server: ScriptedServer, resource: CredentialResource) -> None:
    """Any value of it may be a secret. The warning names the keys."""
    server.plays(Reply(body=RECORD | {"host": "h", "extra": {"private_key": CANARY, "role": "r"}}))
    ctx = context()
    assert STATE | {"host": "h"} == resource.import_(ctx, GUID)
    assert "Its keys are private_key, role" in messages(ctx)
    assert CANARY not in messages(ctx)
