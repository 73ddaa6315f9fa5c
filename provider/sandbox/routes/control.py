"""The control plane, below `/_sandbox/`: for tests, and for people who try things."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from provider.sandbox.tenant import Tenant
from provider.sandbox.wire import answer, body_of


def control(tenant: Tenant) -> APIRouter:
    router = APIRouter(prefix="/_sandbox")

    @router.post("/reset")
    async def reset() -> Response:
        tenant.reset()
        return answer({"reset": True})

    @router.get("/requests")
    async def requests() -> Response:
        return answer(tenant.log.entries)

    @router.get("/workflows")
    async def workflows() -> Response:
        return answer(tenant.views.stored())

    @router.post("/faults")
    async def add_fault(request: Request) -> Response:
        tenant.faults.add(await body_of(request))
        return answer({"added": True})

    @router.delete("/faults")
    async def clear_faults() -> Response:
        tenant.faults.clear()
        return answer({"cleared": True})

    @router.post("/runs/{run_id}")
    async def set_run(run_id: str, request: Request) -> Response:
        body = await body_of(request)
        return answer(tenant.parts.runs.set(run_id, body.get("status")))

    return router
