"""Submit, read and cancel runs, and add and remove schedules.

A submit takes longer while others go on. Chosen here: with the option `--submit-seconds`, its time is multiplied by the
number of submits that go on when it starts.
"""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request, Response

from provider.sandbox.json_bodies import json_response, read_object
from provider.sandbox.tenant import Tenant


def router(tenant: Tenant) -> APIRouter:
    routes = APIRouter(prefix="/api/service/v1/app")
    submits: set[str] = set()

    @routes.get("/runs/{run_id}")
    async def read(run_id: str) -> Response:
        return json_response(tenant.stores.runs.read(run_id))

    @routes.post("/runs/{run_id}/cancel")
    async def cancel(run_id: str) -> Response:
        return json_response(tenant.stores.runs.cancel(run_id))

    @routes.post("/{slug}/submit")
    async def submit(slug: str) -> Response:
        run = tenant.workflows.submit(slug)
        submits.add(run["run_id"])
        try:
            await asyncio.sleep(tenant.stores.options.submit_seconds * len(submits))
        finally:
            submits.remove(run["run_id"])
        return json_response(run)

    @routes.post("/{slug}/schedule")
    async def add_schedule(slug: str, request: Request) -> Response:
        return json_response(tenant.workflows.add_schedule(slug, await read_object(request)))

    @routes.delete("/{slug}/schedule/{trigger_id}")
    async def remove_schedule(slug: str, trigger_id: str) -> Response:
        return json_response(tenant.workflows.remove_schedule(slug, trigger_id))

    return routes
