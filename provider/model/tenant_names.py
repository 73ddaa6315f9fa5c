"""The name of a tenant: what two spellings of its address have in common."""

from __future__ import annotations

from contextlib import suppress
from typing import Final
from urllib.parse import urlsplit

LOOPBACK_TENANT: Final = "localhost"
"""The name of the tenant at all loopback addresses, because a sandbox gets another port with each start."""


def tenant_name(base_url: str) -> str:
    """Return the host of a base URL: in lower case, in ASCII and without a final dot.

    Scheme, port and path are not part of the name. All loopback addresses have one name.
    """
    host = (urlsplit(base_url).hostname or "").rstrip(".")
    if is_loopback(host):
        return LOOPBACK_TENANT
    return host if host.isascii() else _in_ascii(host)


def is_loopback(host: str) -> bool:
    """Return True if a host name or an IP address, without brackets, is this machine."""
    import ipaddress  # a launch that only answers the schema does not need it

    if host.lower().rstrip(".") == LOOPBACK_TENANT:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _in_ascii(host: str) -> str:
    """Return an internationalized host as DNS and the client look it up. A host that has no such form stays."""
    import idna

    with suppress(idna.IDNAError):
        return idna.encode(host, uts46=True).decode().rstrip(".")
    return host
