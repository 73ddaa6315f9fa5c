"""The errors of failed exchanges: where it failed, why, what to do, and if the request was sent."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading

import pytest
import urllib3

from provider.client.answers import Answer, Request
from provider.client.errors import NoAnswer, RequestNotSent, UntrustedCertificate
from provider.client.failures import Route, failure, incomplete, refused_by_proxy, unusable_proxy
from provider.client.limits import ExchangeInterruptedError, Limit, Phase
from provider.client.proxies import Proxy

REQUEST = Request("DELETE", "/app/s", "id")
DIRECT = Route("https://tenant.example.com", None)
PROXIED = Route("https://tenant.example.com:8443", Proxy("http://u:p@proxy.example.com:3128", "HTTPS_PROXY"))
PROXY = "the proxy proxy.example.com:3128 of HTTPS_PROXY"
CHECK = "Check HTTPS_PROXY, or add tenant.example.com to NO_PROXY if no proxy is needed"


def _limit(phase: Phase, written: int = 0) -> Limit:
    limit = Limit(60, 10, threading.Event(), is_write=True)
    limit.phase, limit.written = phase, written
    return limit


NOT_SENT = {
    "no address": (
        DIRECT,
        Phase.FIRST_HOP,
        socket.gaierror(-2, "x"),
        "the host name can't be resolved (tenant.example.com)",
    ),
    "no proxy": (
        PROXIED,
        Phase.FIRST_HOP,
        ConnectionRefusedError(111, "Connection refused"),
        f"connection refused ({PROXY}). {CHECK}",
    ),
    "proxy without an address": (
        PROXIED,
        Phase.FIRST_HOP,
        socket.gaierror(-2, "x"),
        f"the host name can't be resolved ({PROXY}). {CHECK}",
    ),
    "login": (
        PROXIED,
        Phase.TUNNEL,
        OSError("Tunnel connection failed: 407 Proxy <b>"),
        f"it requires a user and a password ({PROXY}). {CHECK}",
    ),
    "refusal": (
        PROXIED,
        Phase.TUNNEL,
        OSError("Tunnel connection failed: 502 Bad"),
        f"it refused with status 502 ({PROXY}). {CHECK}",
    ),
    "silence": (PROXIED, Phase.TUNNEL, TimeoutError(), f"no connection in time ({PROXY}). {CHECK}"),
    "TLS": (
        PROXIED,
        Phase.HANDSHAKE,
        ssl.SSLEOFError(8, "EOF occurred"),
        f"TLS failed: no reason known (tenant.example.com:8443, through {PROXY})",
    ),
    "a reset": (
        DIRECT,
        Phase.HANDSHAKE,
        ConnectionResetError(104, "Connection reset by peer"),
        "connection reset by peer (tenant.example.com)",
    ),
    "nothing left": (DIRECT, Phase.ANSWER, BrokenPipeError(32, "Broken pipe"), "broken pipe (tenant.example.com)"),
    "an interrupt": (
        DIRECT,
        Phase.FIRST_HOP,
        ExchangeInterruptedError(),
        "Terraform was interrupted (tenant.example.com)",
    ),
    "an address": (
        Route("http://", None),
        Phase.ANSWER,
        urllib3.exceptions.LocationValueError("x"),
        "it failed with LocationValueError (no host)",
    ),
}


@pytest.mark.parametrize(("route", "phase", "error", "expected"), NOT_SENT.values(), ids=NOT_SENT)
def test_a_request_of_which_no_byte_left_was_not_sent(
    route: Route, phase: Phase, error: Exception, expected: str
) -> None:
    """The error names the proxy and its variable if the way to the service ends there."""
    found = failure(REQUEST, error, _limit(phase), route)
    assert (RequestNotSent, expected) == (type(found), found.message)


PERMANENT = {
    "login": (OSError("Tunnel connection failed: 407 x"), True),
    "forbidden": (OSError("Tunnel connection failed: 403 x"), True),
    "busy": (OSError("Tunnel connection failed: 429 x"), False),
    "bad gateway": (OSError("Tunnel connection failed: 502 x"), False),
    "refused": (ConnectionRefusedError(111, "x"), False),
    "an interrupt": (ExchangeInterruptedError(), True),
    "an address": (urllib3.exceptions.LocationParseError("x"), True),
}


@pytest.mark.parametrize(("error", "expected"), PERMANENT.values(), ids=PERMANENT)
def test_a_request_that_cannot_succeed_is_not_repeated(error: Exception, expected: bool) -> None:
    """A proxy that is busy, or that cannot reach the service, can do so later."""
    found = failure(REQUEST, error, _limit(Phase.TUNNEL), PROXIED)
    assert isinstance(found, RequestNotSent)
    assert expected == found.permanent


@pytest.mark.parametrize(
    "error",
    [
        urllib3.exceptions.ProxyError("x", ConnectionResetError(104, "Connection reset by peer")),
        urllib3.exceptions.ProtocolError("x", http.client.RemoteDisconnected("x")),
        BrokenPipeError(32, "Broken pipe"),
        TimeoutError(),
    ],
    ids=lambda error: type(error).__name__,
)
@pytest.mark.parametrize("route", [DIRECT, PROXIED], ids=["direct", "proxied"])
def test_a_request_of_which_a_byte_left_may_have_arrived(route: Route, error: Exception) -> None:
    """Whatever the class of the exception: behind a proxy, a lost answer is an error of the proxy."""
    assert isinstance(failure(REQUEST, error, _limit(Phase.ANSWER, written=1), route), NoAnswer)


def test_bytes_of_a_handshake_are_not_bytes_of_the_request() -> None:
    """The request follows after the handshake."""
    found = failure(REQUEST, ConnectionResetError(104, "x"), _limit(Phase.HANDSHAKE, written=500), DIRECT)
    assert isinstance(found, RequestNotSent)


@pytest.mark.parametrize(
    ("route", "expected"),
    [
        (DIRECT, "its certificate is not trusted: self-signed (tenant.example.com)"),
        (
            PROXIED,
            (
                f"its certificate is not trusted: self-signed (tenant.example.com:8443, through {PROXY}). If the proxy "
                "inspects TLS, set REQUESTS_CA_BUNDLE to a file that contains its certificate"
            ),
        ),
    ],
    ids=["direct", "proxied"],
)
def test_an_untrusted_certificate_behind_a_proxy_is_probably_that_of_the_proxy(route: Route, expected: str) -> None:
    """The error says how to trust it."""
    error = ssl.SSLCertVerificationError(1, "x")
    error.verify_message = "self-signed"
    found = failure(REQUEST, error, _limit(Phase.HANDSHAKE), route)
    assert (UntrustedCertificate, expected) == (type(found), found.message)


def test_a_proxy_that_refuses_or_cannot_be_used_is_named() -> None:
    """No other attempt can help."""
    refused = refused_by_proxy(REQUEST, PROXIED)
    unusable = unusable_proxy(REQUEST, PROXIED, "has no host")
    assert (True, f"it requires a user and a password ({PROXY}). {CHECK}") == (refused.permanent, refused.message)
    assert (True, f"HTTPS_PROXY has no host. {CHECK}") == (unusable.permanent, unusable.message)


def test_an_answer_that_is_not_complete_says_why() -> None:
    """Its time was over, Terraform was interrupted, or the connection failed."""
    answer, limit = Answer(REQUEST, 200, {}, b""), _limit(Phase.ANSWER, written=1)
    interrupted = urllib3.exceptions.ProtocolError("x", ExchangeInterruptedError())
    interrupted.__cause__ = ExchangeInterruptedError()
    assert "the connection failed before" in incomplete(answer, ConnectionResetError(), limit).message
    assert "Terraform was interrupted before" in incomplete(answer, interrupted, limit).message
    limit.expired = True
    late = incomplete(answer, TimeoutError(), limit)
    assert (True, True) == ("its time was over before" in late.message, late.is_late)
