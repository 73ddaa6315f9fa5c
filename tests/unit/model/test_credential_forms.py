"""The forms of secrets and hosts."""

import base64
import json
from typing import Any

import pytest

from provider.framework import Unknown
from provider.model.credential_forms import Form, Problem, pem_problem, problem

BODY = "bm90IGEgcmVhbCBrZXk="
KEY = f"-----BEGIN PRIVATE KEY-----\n{BODY}\n-----END PRIVATE KEY-----\n"
ACCOUNT: dict[str, Any] = {"type": "service_account", "client_email": "a@example.com", "private_key": KEY}


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


@pytest.mark.parametrize(
    ("form", "value"),
    [
        ("private key", KEY),
        ("private key", f"\n  {KEY}"),
        ("private key", KEY.replace("\n", "\r\n")),
        ("private key", KEY.replace("PRIVATE", "ENCRYPTED PRIVATE")),
        ("private key", KEY.replace("PRIVATE", "RSA PRIVATE")),
        ("certificate", KEY.replace("PRIVATE KEY", "CERTIFICATE") * 2),
        ("certificate", KEY + KEY.replace("PRIVATE KEY", "CERTIFICATE")),
        ("service account", json.dumps(ACCOUNT)),
        ("service account", "\ufeff" + json.dumps(ACCOUNT)),
        ("service account", json.dumps(ACCOUNT, indent=2)),
        ("service account", ACCOUNT),
        ("URL", "https://example.com/x"),
        ("host name", "example.com"),
        *((form, value) for form in ("private key", "service account", "URL", "host name") for value in (None, "")),
        ("private key", Unknown),
        ("service account", {"type": Unknown}),
    ],
)
def test_a_value_of_the_form_has_no_problem(form: Form, value: Any) -> None:
    """Neither has a value that is not known yet, or none."""
    assert None is problem(form, value)


@pytest.mark.parametrize(
    ("form", "value", "expected", "is_error"),
    [
        ("private key", KEY.replace("\n", "\\n"), "It contains \\n as two characters", True),
        ("private key", KEY.replace("\n", "\\r\\n"), "It contains \\r\\n as four characters", True),
        ("private key", json.dumps(KEY), "Remove jsonencode()", True),
        ("private key", f'"{KEY}"', "Remove jsonencode()", True),
        ("private key", json.dumps(ACCOUNT), "It is JSON instead of PEM text", True),
        ("private key", "C:/keys/rsa", "It is a path", True),
        ("private key", KEY.replace("\n", "\r"), "Its line breaks are missing", True),
        ("private key", encoded(("\ufeff" + KEY).encode()), "It is base64. Decode it", True),
        ("service account", encoded(("\ufeff" + json.dumps(ACCOUNT)).encode()), "It is base64. Decode it", True),
        ("private key", encoded(KEY.encode()), "It is base64. Decode it", True),
        ("private key", encoded(KEY.encode()).rstrip("="), "It is base64. Decode it", True),
        ("private key", encoded(b"\x30" + bytes(99)), "It is base64 without the BEGIN line", True),
        ("private key", "/etc/keys/rsa", "It is a path", True),
        ("private key", "keys/rsa_key.p8", "It is a path", True),
        ("private key", r"C:\keys\rsa.pem", "It is a path", True),
        ("private key", "file:///keys/rsa.pem", "It is a path", True),
        ("private key", KEY.replace("\n", " "), "Its line breaks are missing", True),
        ("private key", KEY[:30], "It is not complete", True),
        ("private key", KEY.replace("PRIVATE", "PUBLIC"), "but not a private key", True),
        ("private key", KEY.replace("END PRIVATE", "END PUBLIC"), "It is not complete", True),
        ("private key", 5, "It is not a text", True),
        ("private key", "a password", "It does not look like a private key", False),
        ("private key", "c2hvcnQ=", "It does not look like a private key", False),
        ("private key", "correct-horse-battery-staple-x", "It does not look like a private key", False),
        ("certificate", KEY, "but not a certificate", True),
        (
            "service account",
            json.dumps(ACCOUNT).replace("\\n", "\\\\n"),
            "about its private_key: It contains \\n",
            True,
        ),
        ("service account", "{" + r"\n" + json.dumps(ACCOUNT)[1:], "It contains \\n as two characters", True),
        (
            "service account",
            "{" + r"\r\n" + json.dumps(ACCOUNT)[1:],
            "It contains \\r\\n as four characters",
            True,
        ),
        ("service account", json.dumps(ACCOUNT).replace("\\n", "\n"), "A text in it contains a line break", True),
        ("service account", encoded(json.dumps(ACCOUNT).encode()), "It is base64. Decode it", True),
        ("service account", json.dumps(json.dumps(ACCOUNT)), "It is JSON text inside JSON text", True),
        ("service account", "keys/account.json", "It is a path", True),
        ("service account", KEY, "It is only the private key", True),
        ("service account", json.dumps(ACCOUNT)[:-1], "It is not valid JSON", True),
        ("service account", "{" * 100_000, "It is not valid JSON", True),
        ("service account", "[1]", "but not an object", True),
        ("service account", {**ACCOUNT, "private_key": ""}, "It has no private_key.", True),
        ("service account", {"type": "service_account"}, "It has no client_email and no private_key.", True),
        ("service account", {**ACCOUNT, "private_key": "x"}, "about its private_key: It does not look", False),
        ("service account", {"type": "external_account"}, 'It is JSON without "type"', False),
        ("service account", "a password", "It is not JSON.", False),
        ("URL", "example.com", "it has no scheme. Write https:// before it.", False),
        ("host name", "https://example.com", "it is a URL. Remove the scheme", False),
        ("host name", "jdbc:postgresql://example.com", "it is a URL. Remove the scheme", False),
    ],
)
def test_each_mistake_has_its_own_sentence(form: Form, value: Any, expected: str, is_error: bool) -> None:
    """It is an error if the value is recognized as another thing. No sentence contains the value."""
    found = problem(form, value)
    assert isinstance(found, Problem)
    assert (True, is_error) == (expected in found.text, found.is_error)
    assert not (isinstance(value, str) and (value in found.text or BODY in found.text))


@pytest.mark.parametrize(
    ("value", "is_found"),
    [(KEY, False), (KEY.replace("\n", "\\n"), True), ("a\\nb", False), (Unknown, False), (5, False)],
)
def test_literal_line_breaks_are_found_without_a_known_form(value: Any, is_found: bool) -> None:
    """PEM text says itself what it is. The finding is a warning, because an app may replace them."""
    found = pem_problem(value)
    assert is_found == (found is not None)
    assert found is None or not found.is_error
