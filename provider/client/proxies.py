"""The proxy to the service: which one, and which variable names it.

As in Terraform and in curl: ``HTTPS_PROXY`` and ``HTTP_PROXY`` for the scheme of the address, ``ALL_PROXY`` for both,
and ``NO_PROXY`` for exceptions, each also in lower case. On macOS and Windows, the system's settings come last.
"""

from __future__ import annotations

import ipaddress
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

_SCHEMES: Final = ("http", "https")
_LOCAL: Final = "localhost"


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy. ``url`` can contain a password, which the repr does not show. ``variable`` is where it comes from."""

    url: str
    variable: str

    def __repr__(self) -> str:
        return f"<Proxy of {self.variable}>"

    @property
    def scheme(self) -> str:
        """The scheme in lower case."""
        return urlsplit(self.url).scheme.lower()

    @property
    def host(self) -> str:
        """The host and the port, without user and password."""
        return urlsplit(self.url).netloc.rpartition("@")[2]

    @property
    def problem(self) -> str | None:
        """Why the address cannot be used, or None."""
        try:
            parts = urlsplit(self.url)
            _ = parts.port
        except ValueError:
            return "is not an address"
        if self.scheme not in _SCHEMES:
            return f"names a proxy of the kind {self.scheme}, and only http and https proxies work"
        return None if parts.hostname else "has no host"

    @property
    def login(self) -> str | None:
        """The user and the password as ``user:password``, or None."""
        parts = urlsplit(self.url)
        return None if parts.username is None else f"{unquote(parts.username)}:{unquote(parts.password or '')}"

    @property
    def passwords(self) -> list[str]:
        """The password as the address contains it, and decoded."""
        try:
            password = urlsplit(self.url).password
        except ValueError:
            return []
        return [password, unquote(password)] if password else []


def find(base_url: str, environment: Mapping[str, str] = os.environ) -> Proxy | None:
    """Return the proxy for this address, or None. There is never one for this machine."""
    try:
        parts = urlsplit(base_url)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:  # each request reports the address
        return None
    if is_loopback(host) or _is_excluded(host, port, environment):
        return None
    return _of_environment(parts.scheme, environment) or _of_system(parts.scheme, host, environment)


def is_loopback(host: str) -> bool:
    """Return True if a host, without brackets, is this machine."""
    name = host.lower().rstrip(".")
    address = _address(name)
    if address is None:
        return name == _LOCAL or name.endswith(f".{_LOCAL}")
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback


def _of_environment(scheme: str, environment: Mapping[str, str]) -> Proxy | None:
    for name in _names(scheme, environment):
        value = environment.get(name, "").strip()
        if value:
            return Proxy(value if "://" in value else f"http://{value}", name)
    return None


def _names(scheme: str, environment: Mapping[str, str]) -> Iterator[str]:
    yield f"{scheme}_proxy"
    # A web server sets HTTP_PROXY from a header of a request that it passes to a program.
    if not (scheme == "http" and "REQUEST_METHOD" in environment):
        yield f"{scheme.upper()}_PROXY"
    yield from ("all_proxy", "ALL_PROXY")


def _of_system(scheme: str, host: str, environment: Mapping[str, str]) -> Proxy | None:
    """Return the proxy of the settings of macOS or Windows, which the standard library reads."""
    if sys.platform not in ("darwin", "win32") or any(name.lower().endswith("_proxy") for name in environment):
        return None
    import urllib.request  # slow, and only these systems need it

    found = urllib.request.getproxies().get(scheme)
    return Proxy(found, "the system's settings") if found and not urllib.request.proxy_bypass(host) else None


def _is_excluded(host: str, port: int, environment: Mapping[str, str]) -> bool:
    value = environment.get("no_proxy") or environment.get("NO_PROXY") or ""
    return any(_excludes(each.strip().lower(), host.lower().rstrip("."), port) for each in value.split(","))


def _excludes(entry: str, host: str, port: int) -> bool:
    """Return True if an entry of NO_PROXY is this host: a name, a domain, an address, a network or all."""
    if entry == "*":
        return True
    address = _address(host)
    if address is not None and (network := _network(entry)) is not None:
        return address in network
    name, entry_port = _split(entry)
    if not name or (entry_port and entry_port != str(port)):
        return False
    if address is not None:
        return _address(name) == address
    domain = name.removeprefix("*").removeprefix(".").rstrip(".")
    return bool(domain) and (host == domain or host.endswith(f".{domain}"))


def _split(entry: str) -> tuple[str, str]:
    """Return the host without brackets, and the port, which is empty if there is none."""
    if entry.startswith("["):
        host, _, rest = entry[1:].partition("]")
        return host, rest.removeprefix(":")
    if entry.count(":") == 1:
        host, _, port = entry.partition(":")
        return host, port
    return entry, ""


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(text, strict=False) if "/" in text else None
    except ValueError:
        return None
