"""Errors of a create or an update."""

from typing import Any

import pytest

from provider.framework import UserError
from provider.resources.credential.resource import CredentialResource
from tests.support.credential_resource import NAMED, RECORD, STATE, context
from tests.support.http_server import Reply, ScriptedServer


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
def test_a_refusal_is_reported_on_the_attribute(
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
def test_a_failed_create_says_that_the_credential_was_tested(
    server: ScriptedServer,
    resource: CredentialResource,
    tested: bool,
    status: int,
    summary: str,
    path: list[str] | None,
) -> None:
    """If the test was requested, the message says so, for each status of the answer."""
    causes = [{"errorMessage": "sign-in failed", "location": "credential.host"}]
    server.plays(Reply(status, {"code": "1", "message": "sign-in failed", "causes": causes}))
    with pytest.raises(UserError) as caught:
        resource.create(context(), NAMED | {"test_before_store": tested})
    assert (summary, path) == (caught.value.summary, caught.value.path)
    assert tested == ("tests the credential at its source" in caught.value.detail)


@pytest.mark.parametrize("status", [400, 422])
def test_a_refused_update_was_not_tested(server: ScriptedServer, resource: CredentialResource, status: int) -> None:
    """The service tests only a new credential, so the message does not contain the test."""
    server.plays(Reply(body=RECORD), Reply(status, {"code": "1", "message": "invalid"}))
    with pytest.raises(UserError, match="The service refused the credential") as caught:
        resource.update(context(), STATE, STATE | {"host": "h", "test_before_store": True})
    assert "tests it" not in caught.value.detail
