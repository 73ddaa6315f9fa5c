"""The ways to sign in of the known apps: which keys of ``extra`` a way requires, and the form of its values.

Source: the vendor's SDK, release 11.6.0. It names the parameters of each way, and some names say the form.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple

from provider.model.credential_forms import Form
from provider.model.known_apps import CredentialFacts, load_facts

_FORMS_BY_PARAMETER: Final[Mapping[str, Form]] = {
    "service_account_json": "service account",
    "ca_certificate": "certificate",
}
_KEY_PAIR: Final = ("atlan-connectors-snowflake", "keypair")
"""The way whose password is a private key."""

_DATABASE_PORTS: Final = frozenset({1025, 1433, 1521, 3306, 5432, 10000})
"""The default ports of databases whose drivers take a host name and a port."""
_HOST_NAME_CONNECTORS: Final = frozenset({"atlan-connectors-snowflake"})
_PLACEHOLDER: Final = "host"
"""The default of a host that has none."""


class SignIn(NamedTuple):
    """One way to sign in. ``extra`` has the form of each known key of ``extra``, or None for a key without a form.

    ``required`` are the keys of ``extra`` that the way requires.
    """

    required: frozenset[str]
    extra: Mapping[str, Form | None]
    password: Form | None
    host: Form | None


@cache
def sign_ins() -> Mapping[tuple[str, str], SignIn]:
    """Return the known ways by connector configuration and sign-in type."""
    ways = [way for facts in load_facts() for way in facts["credentials"]]
    return {(way["connector_config_name"], way["auth_type"]): _sign_in(way) for way in ways}


def _sign_in(way: CredentialFacts) -> SignIn:
    extra, is_key_pair = way["extra_from"], (way["connector_config_name"], way["auth_type"]) == _KEY_PAIR
    return SignIn(
        required=frozenset(key for key, name in extra.items() if way["parameters"][name]["required"]),
        extra={key: _FORMS_BY_PARAMETER.get(name) for key, name in extra.items()},
        password="private key" if is_key_pair else _FORMS_BY_PARAMETER.get(way["password_from"] or ""),
        host=_host_form(way),
    )


def _host_form(way: CredentialFacts) -> Form | None:
    default = way.get("host_default")
    if default and default != _PLACEHOLDER:
        return "URL" if "://" in default else "host name"
    has_host_name = way.get("port_default") in _DATABASE_PORTS or way["connector_config_name"] in _HOST_NAME_CONNECTORS
    return "host name" if has_host_name else None
