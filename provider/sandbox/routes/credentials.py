"""Create, list, read, update and archive credentials. The parameter `testCredential` is accepted and ignored."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from provider.sandbox.credential_list import read_page
from provider.sandbox.json_bodies import json_response, read_object
from provider.sandbox.tenant import Tenant


def router(tenant: Tenant) -> APIRouter:
    routes = APIRouter(prefix="/api/service/credentials")
    credentials, options = tenant.stores.credentials, tenant.stores.options

    @routes.post("")
    async def create(request: Request) -> Response:
        return json_response(credentials.create(await read_object(request)))

    @routes.get("")
    async def page(request: Request) -> Response:
        if not options.surface_credential_list:
            raise HTTPException(404)
        return json_response(read_page(credentials.listed(), request.query_params, options.page_size))

    @routes.get("/{guid}")
    async def read(guid: str) -> Response:
        return json_response(credentials.read(guid))

    @routes.post("/{guid}")
    async def update(guid: str, request: Request) -> Response:
        return json_response(credentials.update(guid, await read_object(request)))

    @routes.post("/{guid}/archive")
    async def archive(guid: str) -> Response:
        return json_response(credentials.archive(guid))

    return routes
