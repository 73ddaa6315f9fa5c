"""The proxy to the service, and the variable that names it."""

from __future__ import annotations

import pytest

from provider.client import proxies
from provider.client.proxies import Proxy

TENANT = "https://tenant.example.com"
P = "http://proxy.example.com:3128"

FOUND = {
    "https": (TENANT, {"HTTPS_PROXY": P}, Proxy(P, "HTTPS_PROXY")),
    "lower case first": (TENANT, {"HTTPS_PROXY": "http://other", "https_proxy": P}, Proxy(P, "https_proxy")),
    "http": ("http://tenant.example.com", {"HTTP_PROXY": P, "HTTPS_PROXY": "http://other"}, Proxy(P, "HTTP_PROXY")),
    "all": (TENANT, {"ALL_PROXY": P}, Proxy(P, "ALL_PROXY")),
    "its scheme before all": (TENANT, {"ALL_PROXY": "http://other", "HTTPS_PROXY": P}, Proxy(P, "HTTPS_PROXY")),
    "no scheme": (TENANT, {"HTTPS_PROXY": "proxy.example.com:3128"}, Proxy(P, "HTTPS_PROXY")),
    "spaces": (TENANT, {"HTTPS_PROXY": f" {P} "}, Proxy(P, "HTTPS_PROXY")),
    "other scheme": (TENANT, {"HTTP_PROXY": P}, None),
    "empty": (TENANT, {"HTTPS_PROXY": ""}, None),
    "from a header of a request": ("http://tenant.example.com", {"HTTP_PROXY": P, "REQUEST_METHOD": "GET"}, None),
    "no URL": ("http://[::1", {"HTTP_PROXY": P}, None),
}

EXCLUDED = [
    ("https://tenant.example.com", "tenant.example.com"),
    ("https://tenant.example.com", "example.com"),
    ("https://tenant.example.com", ".example.com"),
    ("https://tenant.example.com", "*.example.com"),
    ("https://tenant.example.com", "other, EXAMPLE.com"),
    ("https://tenant.example.com", "*"),
    ("https://tenant.example.com.", "tenant.example.com"),
    ("https://tenant.example.com", "tenant.example.com:443"),
    ("https://tenant.example.com:8443", "tenant.example.com:8443"),
    ("https://10.1.2.3", "10.0.0.0/8"),
    ("https://10.1.2.3", "10.1.2.3"),
    ("https://[2001:db8::1]", "[2001:db8::1]"),
    ("https://[2001:db8::1]", "2001:db8::1"),
    ("https://[2001:db8::1]:8443", "[2001:db8:0::1]:8443"),
    ("https://[2001:db8::1]", "2001:db8::/32"),
]

INCLUDED = [
    ("https://tenant.example.com", "ant.example.com"),
    ("https://tenant.example.com", "tenant.example.com:8443"),
    ("https://tenant.example.com", "tenant"),
    ("https://tenant.example.com", ",  ,"),
    ("https://tenant.example.com", "10.0.0.0/8"),
    ("https://11.1.2.3", "10.0.0.0/8"),
    ("https://11.1.2.3", "1.2.3"),
    ("https://[2001:db8::1]", "[2001:db8::2]"),
]

LOOPBACK = [
    "http://localhost:8000",
    "http://LOCALHOST.",
    "http://sandbox.localhost",
    "http://127.0.0.1",
    "http://127.9.9.9:80",
    "http://[::1]:8000",
    "http://[::ffff:127.0.0.1]",
]

PROBLEMS = {
    "socks5://proxy.example.com:1080": "names a proxy of the kind socks5, and only http and https proxies work",
    "http://": "has no host",
    "http://proxy.example.com:port": "is not an address",
    "http://[::1": "is not an address",
}


@pytest.mark.parametrize(("base_url", "environment", "expected"), FOUND.values(), ids=FOUND)
def test_the_proxy_is_that_of_the_environment(
    base_url: str, environment: dict[str, str], expected: Proxy | None
) -> None:
    """With the name of the variable, which an error repeats."""
    assert expected == proxies.find(base_url, environment)


@pytest.mark.parametrize(("base_url", "value"), EXCLUDED)
def test_no_proxy_excludes_names_domains_addresses_and_networks(base_url: str, value: str) -> None:
    """Also an address of IPv6 in brackets."""
    for name in ("NO_PROXY", "no_proxy"):
        assert None is proxies.find(base_url, {"HTTPS_PROXY": P, name: value})


@pytest.mark.parametrize(("base_url", "value"), INCLUDED)
def test_no_proxy_excludes_no_other_host(base_url: str, value: str) -> None:
    """A part of a label is another name, and another port is another service."""
    assert Proxy(P, "HTTPS_PROXY") == proxies.find(base_url, {"HTTPS_PROXY": P, "NO_PROXY": value})


@pytest.mark.parametrize("base_url", LOOPBACK)
def test_this_machine_is_never_reached_through_a_proxy(base_url: str) -> None:
    """The proxy would see the key."""
    assert None is proxies.find(base_url, {"HTTP_PROXY": P, "ALL_PROXY": P})


@pytest.mark.parametrize("url", PROBLEMS)
def test_an_address_that_cannot_be_used_has_a_problem(url: str) -> None:
    """The problem is a clause about the variable."""
    assert PROBLEMS[url] == Proxy(url, "HTTPS_PROXY").problem
    assert None is Proxy(P, "HTTPS_PROXY").problem


def test_a_user_and_a_password_are_decoded_and_never_shown() -> None:
    """The host of the proxy is shown without them."""
    proxy = Proxy("http://us%40er:p%2Fw4711@proxy.example.com:3128", "HTTPS_PROXY")
    assert ("us@er:p/w4711", ["p%2Fw4711", "p/w4711"]) == (proxy.login, proxy.passwords)
    assert ("proxy.example.com:3128", "<Proxy of HTTPS_PROXY>") == (proxy.host, repr(proxy))
    assert (None, []) == (Proxy(P, "HTTPS_PROXY").login, Proxy(P, "HTTPS_PROXY").passwords)
