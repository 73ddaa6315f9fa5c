"""Answers of a wrong setup, after which a plan fails, and answers that are only missing."""

from typing import Any

REFUSED = "The API key was refused"
FOREIGN = "The answer did not come from the service"
UNTRUSTED = "The tenant's certificate is not trusted"
ANSWERS: dict[str, tuple[dict[str, Any], str]] = {
    "401": ({"status": 401, "body": {"code": 401, "message": "expired"}}, REFUSED),
    "401 of a gateway": ({"status": 401, "body": "<html>"}, REFUSED),
    "a sign-in page": ({"status": 200, "body": "<html><title>Sign in</title></html>"}, FOREIGN),
    "a text": ({"status": 200, "body": "welcome"}, FOREIGN),
    "a redirect": ({"status": 302, "headers": {"Location": "https://sso.example.com/login"}}, FOREIGN),
    "the 404 of another server": ({"status": 404, "body": "<html>nginx</html>"}, FOREIGN),
}
MISSING: dict[str, dict[str, Any]] = {
    "403": {"status": 403, "body": {"code": 403, "message": "no permission"}},
    "403 of a gateway": {"status": 403, "body": "<html>"},
    "no answer in time": {"status": 200, "delay_ms": 3000},
    "a dropped connection": {"drop": "before"},
    "a failed service": {"status": 500},
    "a failed gateway": {"status": 502, "body": "<html>bad gateway</html>"},
}
