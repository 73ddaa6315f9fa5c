"""What lies around the apps: roles, credentials, tokens, connections."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from provider.sandbox import roles
from provider.sandbox.errors import invalid, no_such_entity
from provider.sandbox.search import index_search
from provider.sandbox.tenant import Tenant
from provider.sandbox.wire import answer, body_of


def credentials(tenant: Tenant) -> APIRouter:
    """Vault, read, update and archive; `testCredential` is accepted, and nothing is tested."""
    router = APIRouter(prefix="/api/service/credentials")
    vault = tenant.parts.vault

    @router.post("")
    async def create(request: Request) -> Response:
        return answer(vault.create(await body_of(request)))

    @router.get("/{guid}")
    async def read(guid: str) -> Response:
        return answer(vault.read(guid))

    @router.post("/{guid}")
    async def update(guid: str, request: Request) -> Response:
        return answer(vault.update(guid, await body_of(request)))

    @router.post("/{guid}/archive")
    async def archive(guid: str) -> Response:
        return answer(vault.archive(guid))

    return router


def surroundings(tenant: Tenant) -> APIRouter:
    """Roles, OAuth tokens, and the two reads of a connection."""
    router = APIRouter(prefix="/api")

    @router.get("/service/roles")
    async def list_roles(request: Request) -> Response:
        return answer(roles.page(request.query_params))

    @router.post("/service/oauth-clients/token")
    async def token(request: Request) -> Response:
        return answer(tenant.tokens.mint(await body_of(request)))

    @router.get("/meta/entity/uniqueAttribute/type/{type_name}")
    async def entity(type_name: str, request: Request) -> Response:
        qualified_name = request.query_params.get("attr:qualifiedName")
        if not qualified_name:
            raise invalid("attr:qualifiedName is missing")
        if type_name != "Connection":
            raise no_such_entity(type_name, qualified_name)
        return answer(tenant.parts.connections.read(qualified_name))

    @router.post("/meta/search/indexsearch")
    async def search(request: Request) -> Response:
        return answer(index_search(tenant.parts, await body_of(request)))

    return router
