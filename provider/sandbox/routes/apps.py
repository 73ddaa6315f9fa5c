"""Describe an app, and return its input contract."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from provider.sandbox.json_bodies import json_response
from provider.sandbox.tenant import Tenant


def router(tenant: Tenant) -> APIRouter:
    routes = APIRouter(prefix="/api/service/v1/apps")

    @routes.get("/{app_id}")
    async def describe(app_id: str) -> Response:
        return json_response(tenant.stores.apps.get(app_id).describe())

    @routes.get("/{app_id}/inputs")
    async def contract(app_id: str, request: Request) -> Response:
        entrypoint = request.query_params.get("entrypoint")
        return json_response(tenant.stores.apps.get(app_id).contract_at(entrypoint))

    return routes
