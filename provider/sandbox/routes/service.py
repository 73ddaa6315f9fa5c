"""The app endpoints, below `/api/service/`."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from provider.sandbox.gate import OWNER
from provider.sandbox.tenant import Tenant
from provider.sandbox.wire import answer, body_of


def workflows(tenant: Tenant) -> APIRouter:
    """Create, list, get, update and archive."""
    router = APIRouter(prefix="/api/service/v1/app")

    @router.post("")
    async def create(request: Request) -> Response:
        return answer(tenant.workflows.create(await body_of(request), request.scope[OWNER]))

    @router.get("")
    async def page(request: Request) -> Response:
        query = request.query_params
        return answer(tenant.views.page(query.get("limit"), query.get("cursor"), query.get("name")))

    @router.get("/{slug}")
    async def get(slug: str) -> Response:
        return answer(tenant.views.whole(tenant.workflows.row(slug)))

    @router.put("/{slug}")
    async def update(slug: str, request: Request) -> Response:
        return answer(tenant.workflows.update(slug, await body_of(request)))

    @router.delete("/{slug}")
    async def archive(slug: str) -> Response:
        return answer(tenant.workflows.archive(slug))

    return router


def runs(tenant: Tenant) -> APIRouter:
    """Submit, read and cancel runs; add and remove schedules."""
    router = APIRouter(prefix="/api/service/v1/app")

    @router.get("/runs/{run_id}")
    async def run(run_id: str) -> Response:
        return answer(tenant.parts.runs.read(run_id))

    @router.post("/runs/{run_id}/cancel")
    async def cancel(run_id: str) -> Response:
        return answer(tenant.parts.runs.cancel(run_id))

    @router.post("/{slug}/submit")
    async def submit(slug: str) -> Response:
        return answer(tenant.workflows.submit(slug))

    @router.post("/{slug}/schedule")
    async def add_schedule(slug: str, request: Request) -> Response:
        return answer(tenant.workflows.add_schedule(slug, await body_of(request)))

    @router.delete("/{slug}/schedule/{trigger_id}")
    async def remove_schedule(slug: str, trigger_id: str) -> Response:
        return answer(tenant.workflows.remove_schedule(slug, trigger_id))

    return router


def apps(tenant: Tenant) -> APIRouter:
    """Describe an app; its input contract."""
    router = APIRouter(prefix="/api/service/v1/apps")

    @router.get("/{app_id}")
    async def describe(app_id: str) -> Response:
        return answer(tenant.parts.apps.get(app_id).describe())

    @router.get("/{app_id}/inputs")
    async def contract(app_id: str, request: Request) -> Response:
        entrypoint = request.query_params.get("entrypoint")
        return answer(tenant.parts.apps.get(app_id).contract_at(entrypoint))

    return router
