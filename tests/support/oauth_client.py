"""An invented OAuth client, its tokens, and operations that need a token."""

from typing import Any

from provider.client.api import AtlanApi
from tests.support.http_server import Reply, ScriptedServer

ID, SECRET = "oauth-client-1", 'not/a+real="secret"-4711'
TOKENS = "/api/service/oauth-clients/token"
ERROR = {"code": 4711, "message": "no"}
FOUND = Reply(body={"slug": "s", "archived": True})


def token(number: int, **more: Any) -> Reply:
    return Reply(body={"accessToken": f"not-a-token-{number}", "tokenType": "Bearer", "expiresIn": 600} | more)


def bearer(number: int) -> str:
    return f"Bearer not-a-token-{number}"


def get(api: AtlanApi) -> object:
    return api.get_workflow("s")


def create(api: AtlanApi) -> object:
    return api.create_workflow(app_id="x", name="n", inputs={})


def update(api: AtlanApi) -> object:
    return api.update_workflow("s", inputs={})


def delete(api: AtlanApi) -> object:
    return api.delete_workflow("s")


OPERATIONS = [get, create, update, delete]


def headers(server: ScriptedServer) -> list[str | None]:
    """Return the authorization of each request, with None for a request for a token."""
    return [None if each.path == TOKENS else each.headers["authorization"] for each in server.requests]
