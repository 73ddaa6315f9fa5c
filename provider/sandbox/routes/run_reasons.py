"""Read why a run failed. Without the option `--run-reasons`, the tenant does not have this path."""

from __future__ import annotations

from fastapi import APIRouter, Response

from provider.sandbox.json_bodies import json_response
from provider.sandbox.tenant import Tenant


def router(tenant: Tenant) -> APIRouter:
    routes = APIRouter(prefix="/api/service/package-workflows")
    if tenant.stores.options.run_reasons:

        @routes.get("/native-status/{run_id}")
        async def read(run_id: str, execution_mode: str = "") -> Response:
            return json_response(tenant.reasons.read(run_id, execution_mode))

    return routes
