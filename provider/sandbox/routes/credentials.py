"""Create, read, update and archive credentials. The parameter `testCredential` is accepted and ignored."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from provider.sandbox.json_bodies import json_response, read_object
from provider.sandbox.tenant import Tenant


def router(tenant: Tenant) -> APIRouter:
    routes = APIRouter(prefix="/api/service/credentials")
    credentials = tenant.stores.credentials

    @routes.post("")
    async def create(request: Request) -> Response:
        return json_response(credentials.create(await read_object(request)))

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
