"""The control plane, below `/_sandbox/`: operations for tests and users that the service does not have."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from provider.sandbox.json_bodies import json_response, read_object
from provider.sandbox.tenant import Tenant


def router(tenant: Tenant) -> APIRouter:
    routes = APIRouter(prefix="/_sandbox")
    _add_tenant_routes(routes, tenant)
    _add_fault_routes(routes, tenant)
    _add_workflow_routes(routes, tenant)
    _add_run_routes(routes, tenant)
    _add_connection_routes(routes, tenant)
    return routes


def _add_tenant_routes(routes: APIRouter, tenant: Tenant) -> None:
    """Add the routes that reset the tenant, and that read the request log, the workflows and the credentials."""

    @routes.post("/reset")
    async def reset() -> Response:
        tenant.reset()
        return json_response({"reset": True})

    @routes.get("/requests")
    async def requests() -> Response:
        return json_response(tenant.log.entries)

    @routes.get("/workflows")
    async def workflows() -> Response:
        return json_response(tenant.queries.stored())

    @routes.get("/credentials")
    async def credentials() -> Response:
        return json_response(tenant.stores.credentials.stored())


def _add_fault_routes(routes: APIRouter, tenant: Tenant) -> None:
    """Add the routes that add and clear faults, change chaos and the marketplace, and freeze the list of workflows."""

    @routes.post("/faults")
    async def add_fault(request: Request) -> Response:
        tenant.faults.add(await read_object(request))
        return json_response({"added": True})

    @routes.delete("/faults")
    async def clear_faults() -> Response:
        tenant.faults.clear()
        return json_response({"cleared": True})

    @routes.post("/chaos")
    async def change_chaos(request: Request) -> Response:
        tenant.chaos.change(await read_object(request))
        return json_response({"changed": True})

    @routes.post("/list")
    async def freeze_list(request: Request) -> Response:
        tenant.queries.freeze_list((await read_object(request)).get("lags"))
        return json_response({"changed": True})

    @routes.post("/marketplace")
    async def change_marketplace(request: Request) -> Response:
        tenant.marketplace.change(await read_object(request))
        return json_response({"changed": True})


def _add_workflow_routes(routes: APIRouter, tenant: Tenant) -> None:
    """Add the routes that change the owner of a workflow, and the inputs that reads of the workflow return."""

    @routes.post("/workflows/{slug}/owner")
    async def set_owner(slug: str, request: Request) -> Response:
        tenant.workflows.set_owner(slug, (await read_object(request)).get("owner"))
        return json_response({"handed_over": True})

    @routes.post("/workflows/{slug}/args")
    async def override_inputs(slug: str, request: Request) -> Response:
        tenant.queries.override_inputs(tenant.workflows.stored_row(slug), await read_object(request))
        return json_response({"shown": True})


def _add_run_routes(routes: APIRouter, tenant: Tenant) -> None:
    """Add the routes that script the next run, set the status or the reason of a run, and delete a run.

    With `allow_unknown` in the body, the service need not have the statuses.
    """

    @routes.post("/runs")
    async def script_next_run(request: Request) -> Response:
        body = await read_object(request)
        tenant.stores.runs.script_next(body.get("statuses"), allow_unknown=body.get("allow_unknown") is True)
        return json_response({"expected": True})

    @routes.post("/run-reasons")
    async def script_next_reason(request: Request) -> Response:
        tenant.reasons.script_next(await read_object(request))
        return json_response({"expected": True})

    @routes.post("/runs/{run_id}")
    async def set_run_status(run_id: str, request: Request) -> Response:
        body = await read_object(request)
        allow_unknown = body.get("allow_unknown") is True
        return json_response(tenant.workflows.set_run_status(run_id, body.get("status"), allow_unknown=allow_unknown))

    @routes.delete("/runs/{run_id}")
    async def delete_run(run_id: str) -> Response:
        tenant.stores.runs.delete(run_id)
        return json_response({"lost": True})


def _add_connection_routes(routes: APIRouter, tenant: Tenant) -> None:
    """Add the routes that save connections, and that verify the secrets of credentials."""

    @routes.post("/connections")
    async def save_connection(request: Request) -> Response:
        return json_response(tenant.stores.connections.save(await read_object(request)))

    @routes.post("/credentials/{guid}/verify")
    async def verify_secrets(guid: str, request: Request) -> Response:
        return json_response({"matches": tenant.stores.credentials.verify(guid, await read_object(request))})
