"""The ASGI application: the routes, the responses to errors, and the middleware."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException

from provider.sandbox.errors import ServiceError, invalid, without_code
from provider.sandbox.json_bodies import error_response
from provider.sandbox.middleware import CONTROL_PLANE, Middleware
from provider.sandbox.routes import apps, control_plane, credentials, run_reasons, runs, workflows
from provider.sandbox.routes import tenant as tenant_routes
from provider.sandbox.tenant import Tenant


def build(tenant: Tenant) -> Middleware:
    """Return the application of a tenant."""
    app = FastAPI(openapi_url=f"{CONTROL_PLANE}openapi.json", docs_url=None, redoc_url=None, redirect_slashes=False)
    app.add_exception_handler(ServiceError, _service_error if tenant.stores.options.not_found_code else _without_code)
    app.add_exception_handler(RecursionError, _too_deep)
    app.add_exception_handler(HTTPException, _unknown_route)
    for module in (workflows, runs, run_reasons, apps, credentials, tenant_routes, control_plane):
        app.include_router(module.router(tenant))
    return Middleware(app, tenant)


async def _service_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, ServiceError)
    return error_response(error)


async def _without_code(_: Request, error: Exception) -> Response:
    assert isinstance(error, ServiceError)
    return error_response(without_code(error))


async def _too_deep(_: Request, __: Exception) -> Response:
    return error_response(invalid("the body is nested too deeply"))


async def _unknown_route(_: Request, error: Exception) -> Response:
    """Return HTML for a path or method that the service does not have, as the gateway of the service does."""
    assert isinstance(error, HTTPException)
    return Response(f"<html><body>{error.status_code}</body></html>", error.status_code, media_type="text/html")
