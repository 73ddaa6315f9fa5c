"""Authentication: which requests are accepted, and how others are refused."""

from __future__ import annotations

from typing import Any

import pytest

from provider.sandbox.errors import ServiceError
from tests.support.sandbox_service import APP, Clock, Service
from tests.unit.sandbox.conftest import OpenTenant

TOKENS = "/api/service/oauth-clients/token"


@pytest.mark.parametrize("path", [APP, "/api/service/roles", "/api/nonsense", "/_sandbox/workflows"])
@pytest.mark.parametrize("header", ["", "Bearer", "Bearer wrong", "Basic {key}", "{key}", "Bearer {key}x", "Bearer ü"])
def test_a_request_without_the_key_is_refused(service: Service, path: str, header: str) -> None:
    """Every path, the control plane included, returns a 401 in the service's form."""
    sent = {"Authorization": header.format(key=service.sandbox.api_key)}
    answer = service.call("GET", path, headers=sent)
    assert (401, {"code", "message"}) == (answer.status, answer.json.keys())


@pytest.mark.parametrize("change", [None, 0, 1, 2, 3])
def test_an_issued_token_is_accepted_only_unchanged(service: Service, change: int | None) -> None:
    """A token is accepted in place of the key. A token with a changed part is refused."""
    sent = {"clientId": "pipeline", "clientSecret": service.sandbox.api_key}
    minted = service.call("POST", TOKENS, sent, headers={"Authorization": ""}).json
    assert ("Bearer", 600) == (minted["tokenType"], minted["expiresIn"])
    parts = minted["accessToken"].split(".")
    if change is not None:
        parts[change] = f"9{parts[change]}"
    answer = service.call("GET", APP, headers={"Authorization": f"Bearer {'.'.join(parts)}"})
    assert (200 if change is None else 401) == answer.status


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"clientId": "pipeline", "clientSecret": "wrong"}, 401),
        ({"clientId": "", "clientSecret": "wrong"}, 400),
        ({"client_id": "pipeline", "client_secret": "wrong"}, 400),
        ({}, 400),
    ],
)
def test_no_token_without_the_secret(service: Service, body: dict[str, Any], status: int) -> None:
    """A wrong secret returns 401, an invalid body 400, and neither response repeats the secret."""
    answer = service.call("POST", TOKENS, body)
    assert status == answer.status
    assert "wrong" not in answer.text


def test_a_token_expires(open_tenant: OpenTenant, clock: Clock) -> None:
    """A token is accepted for 600 seconds."""
    authentication = open_tenant().authentication
    token = authentication.issue_token({"clientId": "pipeline", "clientSecret": "key"})["accessToken"]
    clock.advance(599)
    assert "service-account-pipeline" == authentication.user(f"Bearer {token}")
    clock.advance(1)
    with pytest.raises(ServiceError):
        authentication.user(f"Bearer {token}")
