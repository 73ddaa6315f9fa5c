"""The middleware in front of every route: request log, delays, faults and authentication.

A request to the control plane is authenticated, but not logged, delayed or failed.
"""

from __future__ import annotations

import asyncio
import contextlib
import re

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from provider.sandbox.disconnect import abort, disconnect
from provider.sandbox.errors import ServiceError
from provider.sandbox.faults import Fault
from provider.sandbox.json_bodies import error_response
from provider.sandbox.request_log import LogEntry
from provider.sandbox.tenant import Tenant

CONTROL_PLANE = "/_sandbox/"
OAUTH_PATH = "/api/service/oauth-clients/token"
USER_KEY = "sandbox.user"
"""The key of the authenticated user in the scope of a request."""
DROP_FAULT = Fault("", re.compile(""), times=1, drop="before")


class Middleware:
    """An ASGI application that answers a request itself, or passes the request to the application `app`."""

    def __init__(self, app: ASGIApp, tenant: Tenant) -> None:
        self._app = app
        self._tenant = tenant
        self._latency_seconds = tenant.stores.options.latency_ms / 1000

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        try:
            with contextlib.suppress(ClientDisconnect):
                await self._handle(scope, receive, send)
        except asyncio.CancelledError:
            abort(scope)  # the server stops during the request, so every response could be wrong
            raise

    async def _handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"].startswith(CONTROL_PLANE):
            await self._authenticate_and_serve(scope, await _read_body(receive), send)
            return
        method, path, resets = scope["method"], scope["path"], self._tenant.resets
        request_id = Headers(scope=scope).get("x-atlan-request-id")
        entry = self._tenant.log.add(method, path, scope["query_string"].decode("latin-1"), request_id)
        fault = self._tenant.faults.take(method, path) or self._tenant.chaos.next(method)
        if fault.drop != "before":
            receive = await _read_body(receive)
        await asyncio.sleep(self._latency_seconds + fault.delay_ms / 1000)
        if resets != self._tenant.resets:
            fault = DROP_FAULT  # the tenant was reset during the delay
        await self._respond(fault, scope, receive, _record_status(entry, send))

    async def _respond(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        response = fault.response()
        if fault.drop == "after" or (fault.drop is None and fault.made and response is not None):
            await self._authenticate_and_serve(scope, receive, _discard)
        if fault.drop is not None:
            await disconnect(scope, receive, reset=fault.reset)
        elif response is not None:
            await response(scope, receive, send)
        else:
            await self._authenticate_and_serve(scope, receive, send)

    async def _authenticate_and_serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            if scope["path"] != OAUTH_PATH:
                scope[USER_KEY] = self._tenant.authentication.user(Headers(scope=scope).get("authorization", ""))
        except ServiceError as error:
            await error_response(error)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


async def _read_body(receive: Receive) -> Receive:
    """Read the whole body, so that the request is handled even if the client disconnects afterwards.

    Return a `receive` that returns the body again. Raises ClientDisconnect if the body is incomplete.
    """
    chunks, more = [], True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        chunks.append(message.get("body", b""))
        more = message.get("more_body", False)
    return _replay(b"".join(chunks), receive)


def _replay(body: bytes, receive: Receive) -> Receive:
    pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return pending.pop() if pending else await receive()

    return replay


def _record_status(entry: LogEntry, send: Send) -> Send:
    async def send_and_record(message: Message) -> None:
        if message["type"] == "http.response.start":
            entry["status"] = message["status"]
        await send(message)

    return send_and_record


async def _discard(_: Message) -> None:
    """Send nothing: the fault replaces the response."""
