"""What stands before every route: request log, delays, faults and the key.

The control plane passes through its key check alone. An ASGI application around another.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from typing import Any

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from provider.sandbox.errors import ServiceError
from provider.sandbox.faults import Fault
from provider.sandbox.tenant import Tenant
from provider.sandbox.transports import cut, drop
from provider.sandbox.wire import failure

CONTROL = "/_sandbox/"
TOKENS = "/api/service/oauth-clients/token"
OWNER = "sandbox.owner"
FORGOTTEN = Fault("", re.compile(""), times=1, drop="before")
"""What happens to a request that the tenant was reset under."""


async def _received(receive: Receive) -> Receive:
    """Read the whole body, and give it out again: who has sent a request may leave, and it is still carried out.

    Raises ClientDisconnect if the sender left before the end of the body.
    """
    chunks, more = [], True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        chunks.append(message.get("body", b""))
        more = message.get("more_body", False)
    return _replaying(b"".join(chunks), receive)


def _replaying(body: bytes, receive: Receive) -> Receive:
    pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replaying() -> Message:
        return pending.pop() if pending else await receive()

    return replaying


async def _ignored(_: Message) -> None:
    """A send whose answer nobody gets."""


class Gate:
    """Passes requests on to `app`, once they have been logged, delayed, checked, or made to fail."""

    def __init__(self, app: ASGIApp, tenant: Tenant) -> None:
        self._app = app
        self._tenant = tenant
        self._latency = tenant.parts.options.latency_ms / 1000

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        try:
            await self._taken(scope, receive, send)
        except asyncio.CancelledError:
            cut(scope)  # the program is stopping: no answer is better than an invented one
            raise

    async def _taken(self, scope: Scope, receive: Receive, send: Send) -> None:
        with contextlib.suppress(ClientDisconnect):
            if scope["path"].startswith(CONTROL):
                await self._admit(scope, await _received(receive), send)
            else:
                await self._served(scope, receive, send)

    async def _served(self, scope: Scope, receive: Receive, send: Send) -> None:
        method, path, resets = scope["method"], scope["path"], self._tenant.resets
        request_id = Headers(scope=scope).get("x-atlan-request-id")
        entry = self._tenant.log.arrived(method, path, scope["query_string"].decode("latin-1"), request_id)
        fault = self._tenant.faults.take(method, path) or self._tenant.weather.next(method)
        if fault.drop != "before":
            receive = await _received(receive)
        await asyncio.sleep(self._latency + fault.delay_ms / 1000)
        if resets != self._tenant.resets:
            fault = FORGOTTEN
        await self._answer(fault, scope, receive, self._noting(entry, send))

    async def _answer(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        if fault.drop is not None:
            await self._dropped(fault.drop, scope, receive)
            return
        if fault.made and fault.status is not None:
            await self._admit(scope, receive, _ignored)
        response = fault.response()
        if response is None:
            await self._admit(scope, receive, send)
            return
        await response(scope, receive, send)

    async def _dropped(self, when: str, scope: Scope, receive: Receive) -> None:
        if when == "after":
            await self._admit(scope, receive, _ignored)
        await drop(scope, receive)

    async def _admit(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            if scope["path"] != TOKENS:
                scope[OWNER] = self._tenant.tokens.owner(Headers(scope=scope).get("authorization", ""))
        except ServiceError as error:
            await failure(error)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    @staticmethod
    def _noting(entry: dict[str, Any], send: Send) -> Send:
        async def noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                entry["status"] = message["status"]
            await send(message)

        return noting
