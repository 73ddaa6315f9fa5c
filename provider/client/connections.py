"""The pooled connections to the service, directly or through a proxy."""

from __future__ import annotations

import ssl
from typing import Final

from urllib3 import PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.poolmanager import ProxyManager
from urllib3.util import make_headers

from provider.client import limits, wire
from provider.client.limits import Phase
from provider.client.proxies import Proxy

_POOLS: Final = 4
_POOLED_CONNECTIONS: Final = 64


class _Http(HTTPConnection):
    """A connection that obeys the limit of the exchange while it opens, and afterwards."""

    def connect(self) -> None:
        limit = limits.current()
        limit.start_connecting()
        super().connect()
        limit.end_connecting()

    def _new_conn(self) -> wire.Wire:
        return wire.connect(self._dns_host, self.port, self.socket_options or ())


class _Https(_Http, HTTPSConnection):
    def _new_conn(self) -> wire.Wire:
        connected = super()._new_conn()
        if self.proxy is None:
            limits.current().phase = Phase.HANDSHAKE
        return connected

    def _tunnel(self) -> None:
        limit = limits.current()
        limit.phase = Phase.TUNNEL
        super()._tunnel()
        limit.phase = Phase.HANDSHAKE


class _HttpPool(HTTPConnectionPool):
    ConnectionCls = _Http


class _HttpsPool(HTTPSConnectionPool):
    ConnectionCls = _Https


def manager(proxy: Proxy | None, context: ssl.SSLContext | None) -> PoolManager:
    """Return the pools of connections. ``context`` is for TLS with the service and with the proxy.

    Raises LocationValueError for an address of a proxy that cannot be used.
    """
    created = (
        PoolManager(_POOLS, maxsize=_POOLED_CONNECTIONS, ssl_context=context)
        if proxy is None
        else ProxyManager(
            proxy.url,
            _POOLS,
            proxy_headers=make_headers(proxy_basic_auth=proxy.login) if proxy.login else None,
            proxy_ssl_context=context,
            maxsize=_POOLED_CONNECTIONS,
            ssl_context=context,
        )
    )
    created.pool_classes_by_scheme = {"http": _HttpPool, "https": _HttpsPool}
    return created
