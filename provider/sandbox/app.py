"""The application: routes, the forms of their errors, and the gate before them."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException

from provider.sandbox.errors import ServiceError, invalid
from provider.sandbox.gate import CONTROL, Gate
from provider.sandbox.routes import control, service
from provider.sandbox.routes import tenant as around
from provider.sandbox.tenant import Tenant
from provider.sandbox.wire import failure


async def _service_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, ServiceError)
    return failure(error)


async def _too_deep(_: Request, __: Exception) -> Response:
    return failure(invalid("the body is nested too deeply"))


async def _no_route(_: Request, error: Exception) -> Response:
    """An address that is not the service's: a gateway's answer, which is no JSON."""
    assert isinstance(error, HTTPException)
    return Response(f"<html><body>{error.status_code}</body></html>", error.status_code, media_type="text/html")


def build(tenant: Tenant) -> Gate:
    """The ASGI application of a tenant."""
    app = FastAPI(openapi_url=f"{CONTROL}openapi.json", docs_url=None, redoc_url=None, redirect_slashes=False)
    app.add_exception_handler(ServiceError, _service_error)
    app.add_exception_handler(RecursionError, _too_deep)
    app.add_exception_handler(HTTPException, _no_route)
    rooms = (service.workflows, service.runs, service.apps, around.credentials, around.surroundings)
    for room in (*rooms, control.traffic, control.trouble, control.state):
        app.include_router(room(tenant))
    return Gate(app, tenant)
