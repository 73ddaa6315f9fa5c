"""The control plane, below `/_sandbox/`: for tests, and for people who try things."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from provider.sandbox.tenant import Tenant
from provider.sandbox.wire import answer, body_of


def traffic(tenant: Tenant) -> APIRouter:
    """Start over, and look at what arrived and what is stored."""
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

    @router.get("/credentials")
    async def credentials() -> Response:
        return answer(tenant.parts.vault.stored())

    return router


def trouble(tenant: Tenant) -> APIRouter:
    """Have things go wrong, and the list lag."""
    router = APIRouter(prefix="/_sandbox")

    @router.post("/faults")
    async def add_fault(request: Request) -> Response:
        tenant.faults.add(await body_of(request))
        return answer({"added": True})

    @router.delete("/faults")
    async def clear_faults() -> Response:
        tenant.faults.clear()
        return answer({"cleared": True})

    @router.post("/weather")
    async def change_weather(request: Request) -> Response:
        tenant.weather.change(await body_of(request))
        return answer({"changed": True})

    @router.post("/list")
    async def lag(request: Request) -> Response:
        tenant.views.lag((await body_of(request)).get("lags"))
        return answer({"changed": True})

    return router


def state(tenant: Tenant) -> APIRouter:
    """Hand workflows over, have them read back otherwise, script, end and lose runs, make connections exist, and ask
    whether a secret is the one that was vaulted."""
    router = APIRouter(prefix="/_sandbox")

    @router.post("/workflows/{slug}/owner")
    async def hand_over(slug: str, request: Request) -> Response:
        tenant.workflows.hand_over(slug, (await body_of(request)).get("owner"))
        return answer({"handed_over": True})

    @router.post("/workflows/{slug}/args")
    async def show_args(slug: str, request: Request) -> Response:
        tenant.views.show(tenant.workflows.row(slug), await body_of(request))
        return answer({"shown": True})

    @router.post("/runs")
    async def expect_run(request: Request) -> Response:
        tenant.parts.runs.expect((await body_of(request)).get("statuses"))
        return answer({"expected": True})

    @router.post("/runs/{run_id}")
    async def set_run(run_id: str, request: Request) -> Response:
        body = await body_of(request)
        return answer(tenant.workflows.set_run(run_id, body.get("status")))

    @router.delete("/runs/{run_id}")
    async def lose_run(run_id: str) -> Response:
        tenant.parts.runs.lose(run_id)
        return answer({"lost": True})

    @router.post("/connections")
    async def make_connection(request: Request) -> Response:
        return answer(tenant.parts.connections.make(await body_of(request)))

    @router.post("/credentials/{guid}/verify")
    async def verify(guid: str, request: Request) -> Response:
        return answer({"matches": tenant.parts.vault.verify(guid, await body_of(request))})

    return router
