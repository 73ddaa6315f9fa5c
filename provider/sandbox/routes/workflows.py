"""Create, list, read, update and archive workflows."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from provider.sandbox.json_bodies import json_response, read_object
from provider.sandbox.middleware import USER_KEY
from provider.sandbox.tenant import Tenant


def router(tenant: Tenant) -> APIRouter:
    routes = APIRouter(prefix="/api/service/v1/app")

    @routes.post("")
    async def create(request: Request) -> Response:
        return json_response(tenant.workflows.create(await read_object(request), request.scope[USER_KEY]))

    @routes.get("")
    async def page(request: Request) -> Response:
        query = request.query_params
        return json_response(tenant.queries.page(query.get("limit"), query.get("cursor"), query.get("name")))

    @routes.get("/{slug}")
    async def read(slug: str) -> Response:
        return json_response(tenant.queries.workflow(tenant.workflows.row(slug)))

    @routes.put("/{slug}")
    async def update(slug: str, request: Request) -> Response:
        return json_response(tenant.workflows.update(slug, await read_object(request)))

    @routes.delete("/{slug}")
    async def archive(slug: str) -> Response:
        return json_response(tenant.workflows.archive(slug))

    return routes
