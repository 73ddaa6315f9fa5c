"""The control plane, below `/_sandbox/`: for tests, and for people who try things."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from provider.sandbox.tenant import Tenant
from provider.sandbox.wire import answer, body_of


def traffic(tenant: Tenant) -> APIRouter:
    """Start over, look at what arrived and what is stored, and add faults."""
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

    return router


def state(tenant: Tenant) -> APIRouter:
    """End runs, make connections exist, and ask whether a secret is the one that was vaulted."""
    router = APIRouter(prefix="/_sandbox")

    @router.post("/runs/{run_id}")
    async def set_run(run_id: str, request: Request) -> Response:
        body = await body_of(request)
        return answer(tenant.workflows.set_run(run_id, body.get("status")))

    @router.post("/connections")
    async def make_connection(request: Request) -> Response:
        return answer(tenant.parts.connections.make(await body_of(request)))

    @router.post("/credentials/{guid}/verify")
    async def verify(guid: str, request: Request) -> Response:
        return answer({"matches": tenant.parts.vault.verify(guid, await body_of(request))})

    return router
