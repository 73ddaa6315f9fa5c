"""The name of a tenant."""

import pytest

from provider.model.tenant_names import tenant_name


@pytest.mark.parametrize(
    ("base_url", "expected"),
    [
        ("https://example.atlan.com", "example.atlan.com"),
        ("https://Example.ATLAN.com", "example.atlan.com"),
        ("https://example.atlan.com/", "example.atlan.com"),
        ("https://example.atlan.com./prefix", "example.atlan.com"),
        ("https://example.atlan.com:443", "example.atlan.com"),
        ("https://example.atlan.com:8443", "example.atlan.com"),
        ("https://Bücher.example", "xn--bcher-kva.example"),
        ("https://XN--bcher-kva.example", "xn--bcher-kva.example"),
        ("https://straße.example", "xn--strae-oqa.example"),
        ("https://example。com", "example.com"),
        ("https://under_score.example", "under_score.example"),
        ("https://bücher_.example", "bücher_.example"),
        ("https://10.0.0.1", "10.0.0.1"),
        ("https://[2001:DB8::1]:8443", "2001:db8::1"),
        ("http://localhost:8080", "localhost"),
        ("http://LOCALHOST.", "localhost"),
        ("http://127.0.0.1:1", "localhost"),
        ("http://127.9.9.9", "localhost"),
        ("https://[::1]:2", "localhost"),
        ("https://127.0.0.1.example.com", "127.0.0.1.example.com"),
        ("https://localhost.example.com", "localhost.example.com"),
    ],
)
def test_spellings_of_one_address_have_one_name(base_url: str, expected: str) -> None:
    """Case, final dot, port and path do not matter. All loopback addresses are one tenant."""
    assert expected == tenant_name(base_url)
