"""Store a new credential under a name that is free."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from provider.framework import UserError
from provider.resources.credential.resource import CredentialResource
from tests.support.credential_resource import GUID, NAMED, RECORD, context, messages
from tests.support.http_server import Received, Reply, ScriptedServer
from tests.support.tenants import ON_TENANT

TAKEN = Reply(400, {"code": 400, "message": "violates unique constraint credentials_name_key"})
OLD = {**RECORD, "id": "5c7a1e0e-0000-4000-8000-00000000000a"}


def play(server: ScriptedServer, *creates: Reply, records: list[dict[str, Any]]) -> None:
    """Answer the creates in turn, and each list with those of the records that have the name."""
    answers = iter(creates)

    def reply(request: Received) -> Reply:
        if request.method == "POST":
            return next(answers)
        query = dict(request.query)
        name = json.loads(query["filter"])["name"]
        return Reply(body={"records": [each for each in records if each["name"] == name][int(query["offset"]) :]})

    server.always = reply


def sent_names(server: ScriptedServer) -> list[str]:
    return [each.json()["name"] for each in server.requests if each.method == "POST"]


def test_a_taken_name_is_stored_with_a_suffix(server: ScriptedServer, resource: CredentialResource) -> None:
    """State keeps the configured name."""
    play(server, TAKEN, Reply(body={"id": GUID}), records=[OLD])
    state = resource.create(context(), NAMED)
    first, second = sent_names(server)
    assert ("shared", "shared") == (first, state["name"])
    assert re.fullmatch("shared-[0-9a-f]{16}", second)


def test_a_name_that_stays_taken_is_an_error(server: ScriptedServer, resource: CredentialResource) -> None:
    """The provider does not send it a third time."""
    play(server, TAKEN, TAKEN, records=[OLD])
    with pytest.raises(UserError, match="is taken") as raised:
        resource.create(context(), NAMED)
    assert ["name"] == raised.value.path
    assert 2 == len(sent_names(server))


def test_a_credential_that_this_apply_archived_gives_its_name(
    server: ScriptedServer, resource: CredentialResource
) -> None:
    """A replacement archives the old credential first. The list does not contain it, and there is no warning."""
    play(server, Reply(body={}), TAKEN, Reply(body={"id": GUID}), records=[])
    former = context()
    former.private = ON_TENANT
    resource.delete(former, NAMED | {"id": OLD["id"], "guid": OLD["id"]})
    ctx = context()
    resource.create(ctx, NAMED)
    assert "" == messages(ctx)


@pytest.mark.parametrize(
    ("name", "is_found"), [("shared", False), (None, True)], ids=["a configured name", "a generated name"]
)
def test_a_lost_answer_is_looked_up_by_a_generated_name(
    server: ScriptedServer, resource: CredentialResource, name: str | None, is_found: bool
) -> None:
    """Another credential can have a configured name, so only a generated one proves which credential it is."""
    server.always = _with_sent_name(server)
    if is_found:
        ctx = context()
        assert GUID == resource.create(ctx, NAMED | {"name": name})["guid"]
        assert "was found after a lost answer" in messages(ctx)
    else:
        with pytest.raises(UserError, match="A credential may exist"):
            resource.create(context(), NAMED | {"name": name})


def _with_sent_name(server: ScriptedServer) -> Any:
    def reply(request: Received) -> Reply:
        if request.method == "POST":
            return Reply(act="drop")
        records = [{**RECORD, "name": sent_names(server)[0]}]
        return Reply(body={"records": records[int(dict(request.query)["offset"]) :]})

    return reply
