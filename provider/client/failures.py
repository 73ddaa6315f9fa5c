"""Convert an exception of an exchange into an error that says where it failed, why, and if the request was sent."""

from __future__ import annotations

import http.client
import re
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from socket import gaierror
from typing import Final
from urllib.parse import urlsplit

import urllib3

from provider.client.answers import Answer, Request, host_of
from provider.client.errors import AtlanError, NoAnswer, RequestNotSent, UntrustedCertificate
from provider.client.limits import ExchangeInterruptedError, Limit, Phase
from provider.client.proxies import Proxy

_ADDRESS_ERRORS: Final = (urllib3.exceptions.LocationValueError, http.client.InvalidURL)
_REFUSED_TUNNEL: Final = re.compile(r"Tunnel connection failed: (\d{3})")
PROXY_REQUIRES_LOGIN: Final = 407
"""The status of a proxy that requires a user and a password. The proxy has not forwarded the request."""


@dataclass(frozen=True, slots=True)
class Route:
    """The way to the service: its address, and the proxy on the way or None."""

    base_url: str
    proxy: Proxy | None

    @property
    def host(self) -> str:
        """The host and port of the service."""
        return host_of(self.base_url)

    @property
    def uses_tls(self) -> bool:
        """True if the service or the proxy has a certificate."""
        return self.base_url.lower().startswith("https:") or (self.proxy is not None and self.proxy.scheme == "https")

    def at(self, phase: Phase) -> str:
        """Return the place where a phase fails."""
        if self.proxy is None:
            return self.host
        proxy = f"the proxy {self.proxy.host} of {self.proxy.variable}"
        return proxy if phase in (Phase.FIRST_HOP, Phase.TUNNEL) else f"{self.host}, through {proxy}"

    def remedy(self, phase: Phase) -> str:
        """Return what to do if this phase fails, or an empty text."""
        if self.proxy is None or phase not in (Phase.FIRST_HOP, Phase.TUNNEL):
            return ""
        name = urlsplit(self.base_url).hostname
        return f". Check {self.proxy.variable}, or add {name} to NO_PROXY if no proxy is needed"


def failure(request: Request, error: Exception, limit: Limit, route: Route) -> AtlanError:
    """Return the error for a request that got no complete answer.

    It is a NoAnswer if a byte of the request was written, and a RequestNotSent otherwise.
    """
    root = _root(error)
    why = f"{_reason(root, limit)} ({route.at(limit.phase)}){route.remedy(limit.phase)}"
    if limit.written and limit.phase is Phase.ANSWER:
        unanswered = request.error(NoAnswer, why)
        unanswered.is_late = limit.expired
        return unanswered
    if isinstance(root, ssl.SSLCertVerificationError):
        return request.error(UntrustedCertificate, f"{why}{_trust_remedy(route)}")
    failed = request.error(RequestNotSent, why)
    failed.permanent = (
        isinstance(root, ExchangeInterruptedError) or isinstance(error, _ADDRESS_ERRORS) or _is_permanent(root)
    )
    return failed


def refused_by_proxy(request: Request, route: Route) -> RequestNotSent:
    """Return the error for the answer 407 of a proxy that forwards plain HTTP."""
    why = f"{_refusal(PROXY_REQUIRES_LOGIN)} ({route.at(Phase.TUNNEL)}){route.remedy(Phase.TUNNEL)}"
    failed = request.error(RequestNotSent, why)
    failed.permanent = True
    return failed


def unusable_proxy(request: Request, route: Route, problem: str) -> RequestNotSent:
    """Return the error for an address of a proxy that cannot be used. ``problem`` is a clause about the variable."""
    assert route.proxy is not None
    failed = request.error(RequestNotSent, f"{route.proxy.variable} {problem}{route.remedy(Phase.FIRST_HOP)}")
    failed.permanent = True
    return failed


def incomplete(answer: Answer, error: Exception, limit: Limit) -> NoAnswer:
    """Return the error for an answer that began and did not arrive whole."""
    if isinstance(_root(error), ExchangeInterruptedError):
        why = "Terraform was interrupted before the whole answer had arrived"
    elif limit.expired:
        why = "its time was over before the whole answer had arrived"
    else:
        why = "the connection failed before the whole answer had arrived"
    unanswered = answer.request.error(NoAnswer, why, status=answer.status)
    unanswered.is_late = limit.expired
    return unanswered


def _reason(root: BaseException, limit: Limit) -> str:
    if isinstance(root, ExchangeInterruptedError):
        return "Terraform was interrupted"
    if limit.expired or isinstance(root, TimeoutError):
        return "no answer in time" if limit.phase is Phase.ANSWER else "no connection in time"
    if isinstance(root, gaierror):
        return "the host name can't be resolved"
    if isinstance(root, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted: {root.verify_message}"
    if isinstance(root, ssl.SSLError):
        return f"TLS failed: {getattr(root, 'reason', None) or 'no reason known'}"
    if isinstance(root, http.client.RemoteDisconnected):
        return "the connection was closed without an answer"
    code = _tunnel_status(root)
    return _message_of(root) if code is None else _refusal(code)


def _refusal(code: int) -> str:
    return "it requires a user and a password" if code == PROXY_REQUIRES_LOGIN else f"it refused with status {code}"


def _tunnel_status(root: BaseException) -> int | None:
    found = _REFUSED_TUNNEL.match(str(root)) if isinstance(root, OSError) else None
    return int(found[1]) if found else None


def _is_permanent(root: BaseException) -> bool:
    """Return True for a proxy that refuses a tunnel because of the request and not because of a state that can pass."""
    code = _tunnel_status(root)
    return code is not None and 400 <= code < 500 and code != 429


def _trust_remedy(route: Route) -> str:
    if route.proxy is None:
        return ""
    return ". If the proxy inspects TLS, set REQUESTS_CA_BUNDLE to a file that contains its certificate"


def _message_of(root: BaseException) -> str:
    if isinstance(root, OSError) and root.strerror:
        return root.strerror.lower()
    # Messages of libraries are long and contain the names of their classes, so they are not shown.
    words = str(root) if isinstance(root, OSError) and not isinstance(root, urllib3.exceptions.HTTPError) else ""
    return words or f"it failed with {type(root).__name__}"


def _root(error: BaseException) -> BaseException:
    """Return the first exception in the chain of causes that urllib3 does not define, or the error itself."""
    return next((each for each in _chain(error) if not type(each).__module__.startswith("urllib3.")), error)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
