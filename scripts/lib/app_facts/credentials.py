"""The ways to give an app a credential: the parameters of each way, and their places in the credential."""

from collections.abc import Mapping
from dataclasses import dataclass

from provider.model.known_apps import CredentialFacts, ParameterFacts
from scripts.lib.app_facts.apps import App
from scripts.lib.shared.hcl import Expression, Value

OWN_FIELD = "credential_guid"
"""The input whose credential the workflow stores itself. Any other input takes the guid of a stored credential."""


@dataclass(frozen=True)
class Parameter:
    """A value that a user gives. A `boolean` is sent as the text ``true`` or ``false``.

    A parameter is `secret` if it signs in or can contain such a value: a password, a token, a private key, a
    passphrase, the URL of a driver. Ids, such as an AWS access key id, and public certificates are not secret.
    """

    name: str
    required: bool
    secret: bool
    boolean: bool


@dataclass(frozen=True)
class Way:
    """One way to sign in. `extra_from` has the name of a parameter by the key of the credential's ``extra``."""

    app: App
    method: str
    input_field: str
    auth_type: str
    connector_config_name: str
    connector_type: str | None
    username_from: str | None
    password_from: str | None
    extra_from: dict[str, str]
    parameters: tuple[Parameter, ...]
    host_default: str | None
    port_default: int | None

    @property
    def label(self) -> str:
        """The way as the label of a resource, such as ``bigquery_crawler_service_account``."""
        return f"{self.app.label}_{self.method}"

    @property
    def stored_separately(self) -> bool:
        """True if the credential is an ``atlan_credential``, and the input `input_field` has its guid."""
        return self.input_field != OWN_FIELD

    @property
    def secrets(self) -> frozenset[str]:
        """The names of the parameters that are secret."""
        return frozenset(each.name for each in self.parameters if each.secret)


def ways(app: App) -> tuple[Way, ...]:
    """Return an app's ways to sign in, none for an app that uses its connection's credential."""
    return tuple(_way(app, fact) for fact in app.credentials)


def write_only(way: Way, given: Mapping[str, Value]) -> dict[str, Value]:
    """Return ``credential_wo`` for the values of some parameters.

    A value of None is left out. ``host`` and ``port`` have defaults.
    """
    extra = _extra(way, given)
    secret = _values(password=_of(way.password_from, given))
    return _plain(way, given) | secret | ({"extra": extra} if extra else {})


def apart(way: Way, given: Mapping[str, Value]) -> dict[str, Value]:
    """Return the attributes of an ``atlan_credential`` for the same values. The secrets are write-only."""
    hidden = {key for key, name in way.extra_from.items() if name in way.secrets}
    extra = _extra(way, given)
    shown = {key: value for key, value in extra.items() if key not in hidden}
    secret = {key: value for key, value in extra.items() if key in hidden}
    written = _plain(way, given) | {"extra": shown} | _values(password_wo=_of(way.password_from, given))
    return written | ({"extra_wo": secret} if secret else {}) | {"secret_wo_version": 1}


def _plain(way: Way, given: Mapping[str, Value]) -> dict[str, Value]:
    return _values(
        auth_type=way.auth_type,
        connector_config_name=way.connector_config_name,
        connector_type=way.connector_type,
        host=given.get("host") or way.host_default or None,
        port=given.get("port") or way.port_default,
        username=_of(way.username_from, given),
    )


def _values(**attributes: Value) -> dict[str, Value]:
    return {name: value for name, value in attributes.items() if value is not None}


def _of(parameter: str | None, given: Mapping[str, Value]) -> Value:
    return None if parameter is None else given.get(parameter)


def _extra(way: Way, given: Mapping[str, Value]) -> dict[str, Value]:
    booleans = {each.name for each in way.parameters if each.boolean}
    return {
        key: _text(given[name]) if name in booleans else given[name]
        for key, name in way.extra_from.items()
        if given.get(name) is not None
    }


def _text(given: Value) -> Value:
    """Return a boolean as text. The CLI converts an expression."""
    return Expression(f"tostring({given.text})") if isinstance(given, Expression) else str(given).lower()


def _way(app: App, fact: CredentialFacts) -> Way:
    return Way(
        app=app,
        method=fact["method"],
        input_field=fact["input_field"],
        auth_type=fact["auth_type"],
        connector_config_name=fact["connector_config_name"],
        connector_type=fact["connector_type"],
        username_from=fact["username_from"],
        password_from=fact["password_from"],
        extra_from=fact["extra_from"],
        parameters=tuple(_parameter(name, each) for name, each in fact["parameters"].items()),
        host_default=fact.get("host_default"),
        port_default=fact.get("port_default"),
    )


def _parameter(name: str, fact: ParameterFacts) -> Parameter:
    return Parameter(name, fact["required"], fact.get("secret", False), fact.get("type") == "boolean")
