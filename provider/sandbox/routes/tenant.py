"""The other endpoints of the tenant: roles, OAuth tokens, and the two reads of a connection."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from provider.sandbox import roles
from provider.sandbox.errors import invalid, no_such_entity
from provider.sandbox.json_bodies import json_response, read_object
from provider.sandbox.search import search_index
from provider.sandbox.tenant import Tenant


def router(tenant: Tenant) -> APIRouter:
    routes = APIRouter(prefix="/api")

    @routes.get("/service/roles")
    async def list_roles(request: Request) -> Response:
        return json_response(roles.read_page(request.query_params))

    @routes.post("/service/oauth-clients/token")
    async def issue_token(request: Request) -> Response:
        return json_response(tenant.authentication.issue_token(await read_object(request)))

    @routes.get("/meta/entity/uniqueAttribute/type/{type_name}")
    async def read_entity(type_name: str, request: Request) -> Response:
        qualified_name = request.query_params.get("attr:qualifiedName")
        if not qualified_name:
            raise invalid("attr:qualifiedName is missing")
        if type_name != "Connection":
            raise no_such_entity(type_name, qualified_name)
        return json_response(tenant.stores.connections.read(qualified_name))

    @routes.post("/meta/search/indexsearch")
    async def search(request: Request) -> Response:
        return json_response(search_index(tenant.stores, await read_object(request)))

    return routes
