"""The provider's settings: the value in the provider block, or else in the environment, or else the default.

The environment variables that Atlan's Python SDK also reads have the same names here. The provider signs in with an
API key or with an OAuth client. The block overrides the environment. In the environment, the key is preferred.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from provider.framework import Finding, Value, is_known
from provider.model.tenant_names import is_loopback
from provider.model.unknown_inputs import DEFAULT_POLICY, Policy, as_policy

Values = Mapping[str, Value]
"""Values of settings, by their names in the provider block."""

ENVIRONMENT: Final = {
    "base_url": "ATLAN_BASE_URL",
    "api_key": "ATLAN_API_KEY",
    "oauth_client_id": "ATLAN_OAUTH_CLIENT_ID",
    "oauth_client_secret": "ATLAN_OAUTH_CLIENT_SECRET",
    "refresh_from_list": "ATLAN_REFRESH_FROM_LIST",
    "former_base_urls": "ATLAN_FORMER_BASE_URLS",
}
OAUTH: Final = ("oauth_client_id", "oauth_client_secret")
DEFAULTS: Final[dict[str, int | bool | str]] = {
    "request_timeout": 60,
    "max_retries": 5,
    "retry_timeout": 120,
    "validate_inputs": True,
    "unknown_inputs": DEFAULT_POLICY,
    "refresh_from_list": True,
}
SUBMIT_TIMEOUT: Final = 900
"""How many seconds a submit of a run may take if the provider block contains no ``request_timeout``."""
_BOOLEANS: Final = {"true": True, "false": False, "1": True, "0": False}
_NEEDED_TEXTS: Final = {
    "base_url": "the tenant's address, such as https://example.atlan.com",
    "api_key": "an API key, or an OAuth client's id and secret",
    "oauth_client_id": "the id of the OAuth client, because its secret is set",
    "oauth_client_secret": "the secret of the OAuth client, because its id is set",
}


class Settings(NamedTuple):
    """The resolved settings: an API key, or an OAuth client's id and secret. Timeouts are in seconds."""

    base_url: str
    api_key: str | None
    oauth_client_id: str | None
    oauth_client_secret: str | None
    request_timeout: float
    submit_timeout: float
    max_retries: int
    retry_timeout: float
    validate_inputs: bool
    unknown_inputs: Policy
    refresh_from_list: bool
    former_base_urls: tuple[str, ...]

    def __repr__(self) -> str:
        """Return a text without secrets."""
        return f"Settings(base_url={self.base_url!r}, oauth_client_id={self.oauth_client_id!r})"


def unknown_names(config: Values) -> list[str]:
    """Return the names of the settings in the provider block that are unknown, or that contain something unknown."""
    return [name for name, value in config.items() if not is_known(value)]


def check(config: Values, environment: Mapping[str, str]) -> Iterable[Finding]:
    """Yield a finding for each setting that is missing or not usable. No value may be unknown.

    The schema's validators check the numbers, because only the provider block can contain them.
    """
    if config.get("api_key") is not None and _configures_oauth(config):
        why = "The provider signs in with api_key or with an OAuth client. Keep one of them in the provider block."
        yield Finding("Two ways to sign in", why, ["api_key"])
    values = _collect(config, environment)
    sign_in = OAUTH if any(values[name] for name in OAUTH) else ("api_key",)
    yield from (_missing(name) for name in ("base_url", *sign_in) if values[name] is None)
    from_environment = {name for name, key in ENVIRONMENT.items() if config.get(name) is None and environment.get(key)}
    yield from check_values(values, from_environment)


def check_values(values: Values, from_environment: Iterable[str] = ()) -> list[Finding]:
    """Return a finding for each value that is not usable. Missing and unknown values are left out."""
    findings = []
    for name, value in ((name, _trimmed(value)) for name, value in values.items()):
        why = None if value is None or not is_known(value) or name not in _CHECKS else _CHECKS[name](value)
        if why:
            source = f" (from {ENVIRONMENT[name]})" if name in from_environment else ""
            findings.append(Finding(f"{name}{source} is not usable", why, [name]))
    return findings


def resolve(config: Values, environment: Mapping[str, str]) -> Settings:
    """Return the settings. Call this only if ``check`` yields no finding."""
    values = _collect(config, environment)
    return Settings(
        base_url=(_text(values["base_url"]) or "").rstrip("/"),
        api_key=_text(values["api_key"]),
        oauth_client_id=_text(values["oauth_client_id"]),
        oauth_client_secret=_text(values["oauth_client_secret"]),
        request_timeout=_number(values["request_timeout"]),
        submit_timeout=_number(SUBMIT_TIMEOUT if (own := config.get("request_timeout")) is None else own),
        max_retries=int(_number(values["max_retries"])),
        retry_timeout=_number(values["retry_timeout"]),
        validate_inputs=values["validate_inputs"] is True,
        unknown_inputs=as_policy(values["unknown_inputs"]),
        refresh_from_list=values["refresh_from_list"] is True,
        former_base_urls=tuple(str(each) for each in _elements(values["former_base_urls"])),
    )


def _collect(config: Values, environment: Mapping[str, str]) -> dict[str, Value]:
    """Return the value of each setting from the first source that contains it.

    Only one way to sign in is used. The settings of the other way are None.
    """
    values = {name: _value(name, config, environment) for name in (*ENVIRONMENT, *DEFAULTS)}
    other = ("api_key",) if _configures_oauth(config) or values["api_key"] is None else OAUTH
    return {**values, **dict.fromkeys(other)}


def _configures_oauth(config: Values) -> bool:
    return any(config.get(name) is not None for name in OAUTH)


def _value(name: str, config: Values, environment: Mapping[str, str]) -> Value:
    configured = config.get(name)
    if configured is not None:
        return _trimmed(configured)
    text = environment.get(ENVIRONMENT.get(name, ""), "").strip()
    if not text:
        return DEFAULTS.get(name)
    if name == "former_base_urls":
        return text.replace(",", " ").split()
    return _BOOLEANS.get(text.lower(), text) if isinstance(DEFAULTS.get(name), bool) else text


def _trimmed(value: Value) -> Value:
    """Return a text without the spaces and line breaks around it: a file often ends with a line break."""
    return value.strip() if isinstance(value, str) else value


def _text(value: Value) -> str | None:
    return value if isinstance(value, str) else None


def _number(value: Value) -> float:
    assert isinstance(value, int | float | Decimal)
    return float(value)


def _missing(name: str) -> Finding:
    return Finding(
        f"{name} is missing",
        f"The provider needs {_NEEDED_TEXTS[name]}. Set {name} in the provider block, or {ENVIRONMENT[name]} in the "
        "environment.",
        [name],
    )


def _check_base_url(value: Value) -> str | None:
    example = "Write it like https://example.atlan.com."
    text = _text(value) or ""
    try:
        url = urlsplit(text)
        _ = url.port
    except ValueError:
        return f"It is not a URL. {example}"
    if url.scheme not in ("http", "https") or not url.hostname:
        return f"It is not an http or https URL with a host. {example}"
    if url.username or url.password or url.query or url.fragment or any(map(str.isspace, text)):
        return f"It contains more than scheme, host, port and path. {example}"
    if url.scheme == "http" and not is_loopback(url.hostname):
        return (
            f"Plain http would send the API key over the network without encryption, and {url.hostname} is not this "
            "machine. Use https."
        )
    return None


def _check_former_base_urls(value: Value) -> str | None:
    """Return why an address in the list is not usable. The reason does not contain it: it may contain a password."""
    reasons = ((number, _check_base_url(each)) for number, each in enumerate(_elements(value), 1))
    return next((f"Address {number}: {reason}" for number, reason in reasons if reason), None)


def _elements(value: Value) -> Sequence[Value]:
    return value if isinstance(value, list) else ()


def _check_secret(value: Value) -> str | None:
    """Return why a key, an id or a secret cannot be sent in a header. The reason does not contain the value."""
    text = _text(value)
    if text and text.isascii() and text.isprintable() and " " not in text:
        return None
    return "It must be printable ASCII without spaces. Copy it again, without quotes or line breaks."


def _check_boolean(value: Value) -> str | None:
    return None if isinstance(value, bool) else f'It is "{value}". Use true or false.'


_CHECKS: Final[dict[str, Callable[[Value], str | None]]] = {
    "base_url": _check_base_url,
    **dict.fromkeys(("api_key", *OAUTH), _check_secret),
    "refresh_from_list": _check_boolean,
    "former_base_urls": _check_former_base_urls,
}
