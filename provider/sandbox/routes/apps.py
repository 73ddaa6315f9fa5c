"""Describe an app, return its input contract, and list the apps of the marketplace."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from provider.sandbox.json_bodies import json_response
from provider.sandbox.tenant import Tenant


def router(tenant: Tenant) -> APIRouter:
    routes = APIRouter(prefix="/api/service")

    @routes.get("/v1/apps/{app_id}")
    async def describe(app_id: str) -> Response:
        return json_response(tenant.stores.apps.reach(app_id).describe())

    @routes.get("/v1/apps/{app_id}/inputs")
    async def contract(app_id: str, request: Request) -> Response:
        entrypoint = request.query_params.get("entrypoint")
        return json_response(tenant.stores.apps.reach(app_id).contract_at(entrypoint))

    if tenant.stores.options.marketplace:

        @routes.get("/marketplace/apps")
        async def list_apps(request: Request) -> Response:
            return json_response(tenant.marketplace.page(request.query_params))

    return routes
