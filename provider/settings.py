"""The provider's settings: configuration, else environment, else default; resolved once.

Environment names of what the vendor's SDK needs too are the SDK's. One signs in with an API key or with an OAuth
client: what the configuration names goes before what the environment holds, and there the key goes before the client.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

from provider.framework import Finding, Unknown

ENVIRONMENT: Final = {
    "base_url": "ATLAN_BASE_URL",
    "api_key": "ATLAN_API_KEY",
    "oauth_client_id": "ATLAN_OAUTH_CLIENT_ID",
    "oauth_client_secret": "ATLAN_OAUTH_CLIENT_SECRET",
    "refresh_from_list": "ATLAN_REFRESH_FROM_LIST",
}
OAUTH: Final = ("oauth_client_id", "oauth_client_secret")
DEFAULTS: Final[dict[str, int | bool]] = {
    "request_timeout": 60,
    "max_retries": 5,
    "retry_timeout": 120,
    "validate_inputs": True,
    "refresh_from_list": True,
}
_WORDS: Final = {"true": True, "false": False, "1": True, "0": False}

_LIMITS: Final = {"request_timeout": (1, 3600), "max_retries": (0, 20), "retry_timeout": (0, 3600)}
_LOOPBACK_NAMES: Final = ("localhost", "localhost.")


@dataclass(frozen=True)
class Settings:
    """What a client needs: a key or an OAuth client's id and secret. Time-outs in seconds. Its repr holds no secret."""

    base_url: str
    api_key: str | None = field(repr=False)
    oauth_client_id: str | None
    oauth_client_secret: str | None = field(repr=False)
    request_timeout: float
    max_retries: int
    retry_timeout: float
    validate_inputs: bool
    refresh_from_list: bool


def unknown(config: Mapping[str, Any]) -> list[str]:
    """The settings whose values are not known yet."""
    return [name for name, value in config.items() if value is Unknown]


def resolve(config: Mapping[str, Any], environment: Mapping[str, str]) -> Settings | list[Finding]:
    """Return the resolved settings, or one finding for each setting that is missing or wrong."""
    found = {name: _from(name, config, environment) for name in (*ENVIRONMENT, *DEFAULTS)}
    found |= dict.fromkeys(_not_signing_in(config, found))
    needed = ("base_url", *(OAUTH if any(found[name] for name in OAUTH) else ["api_key"]))
    missing = [_missing(name) for name in needed if found[name] is None]
    problems = [*_two_ways(config), *missing, *check(found, _taken_from_environment(config, environment))]
    if problems:
        return problems
    return Settings(**{**found, "base_url": found["base_url"].rstrip("/"), "max_retries": int(found["max_retries"])})


def _not_signing_in(config: Mapping[str, Any], found: Mapping[str, Any]) -> tuple[str, ...]:
    """The settings of the way to sign in that is not taken."""
    oauth_configured = any(config.get(name) is not None for name in OAUTH)
    return ("api_key",) if oauth_configured or found["api_key"] is None else OAUTH


def _two_ways(config: Mapping[str, Any]) -> list[Finding]:
    both = config.get("api_key") is not None and any(config.get(name) is not None for name in OAUTH)
    why = "api_key and an OAuth client are two ways to sign in. Keep one of them in the provider block."
    return [Finding("Two ways to sign in", why, ["api_key"])] if both else []


def _from(name: str, config: Mapping[str, Any], environment: Mapping[str, str]) -> Any:
    configured = config.get(name)
    if configured is not None:
        return configured
    text = environment.get(ENVIRONMENT.get(name, ""), "").strip()
    if not text:
        return DEFAULTS.get(name)
    return _WORDS.get(text.lower(), text) if isinstance(DEFAULTS.get(name), bool) else text


def _taken_from_environment(config: Mapping[str, Any], environment: Mapping[str, str]) -> set[str]:
    return {name for name, key in ENVIRONMENT.items() if config.get(name) is None and environment.get(key)}


_WHAT: Final = {
    "base_url": "the tenant's address, such as https://example.atlan.com",
    "api_key": "an API key, or an OAuth client's id and secret",
    "oauth_client_id": "the id of the OAuth client whose secret it was given",
    "oauth_client_secret": "the secret of the OAuth client whose id it was given",
}


def _missing(name: str) -> Finding:
    return Finding(
        f"{name} is missing",
        f"The provider needs {_WHAT[name]}. Set it in the provider block, or {ENVIRONMENT[name]} in the environment.",
        [name],
    )


def check(values: Mapping[str, Any], environment_names: Iterable[str] = ()) -> list[Finding]:
    """What is wrong with the settings that are there and known."""
    problems = []
    for name, value in values.items():
        why = None if value is None or value is Unknown or name not in _CHECKS else _CHECKS[name](value)
        if why:
            origin = f" (from {ENVIRONMENT[name]})" if name in environment_names else ""
            problems.append(Finding(f"{name}{origin} is not usable", why, [name]))
    return problems


def _check_base_url(value: str) -> str | None:
    example = "Write it like https://example.atlan.com."
    try:
        url = urlsplit(value)
        _ = url.port
    except ValueError:
        return f"It is not a URL. {example}"
    if url.scheme not in ("http", "https") or not url.hostname:
        return f"It is not an http or https URL with a host. {example}"
    if url.username or url.password or url.query or url.fragment or any(map(str.isspace, value)):
        return f"It holds more than scheme, host, port and path. {example}"
    if url.scheme == "http" and not _is_loopback(url):
        return (
            f"Plain http would send the API key readable over the network, and {url.hostname} is not this machine. "
            "Use https."
        )
    return None


def _is_loopback(url: SplitResult) -> bool:
    import ipaddress

    host = url.hostname or ""
    if host in _LOOPBACK_NAMES:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _check_key(value: str) -> str | None:
    if value and value.isascii() and value.isprintable() and " " not in value:
        return None
    return "It is printable ASCII without spaces. Copy it once more, without quotes or line breaks."


def _check_switch(value: Any) -> str | None:
    return None if isinstance(value, bool) else f'It is "{value}". Give true or false.'


def _check_number(name: str) -> Callable[[Any], str | None]:
    low, high = _LIMITS[name]

    def check_limits(value: Any) -> str | None:
        if low <= value <= high and (name != "max_retries" or value == int(value)):
            return None
        return f"It is {value}. Give a {'whole ' if name == 'max_retries' else ''}number from {low} to {high}."

    return check_limits


_CHECKS: Final[dict[str, Callable[[Any], str | None]]] = {
    "base_url": _check_base_url,
    **dict.fromkeys(("api_key", *OAUTH), _check_key),
    **{name: _check_number(name) for name in _LIMITS},
    "refresh_from_list": _check_switch,
}
