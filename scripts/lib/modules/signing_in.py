"""The ways to sign in as a module's variable: one object, with an attribute for each way."""

import json
from dataclasses import dataclass, replace
from typing import Final

from provider.model.sign_in import sign_ins
from scripts.lib.app_facts.apps import App
from scripts.lib.app_facts.credentials import Parameter, Way, ways
from scripts.lib.modules import texts
from scripts.lib.shared.hcl import Value

ORDER: Final = ("host", "port", "username", "password")
_DEFAULTS: Final = {"connectivity": "public"}
"""The values that the vendor's SDK sends for parameters that are not given. It sends no others."""


_PEM: Final = "-----BEGIN {label}-----\nbWFkZSB1cA==\n-----END {label}-----\n"
_KEY: Final = _PEM.format(label="PRIVATE KEY")
_EXAMPLES: Final = {
    "private key": _KEY,
    "certificate": _PEM.format(label="CERTIFICATE"),
    "service account": json.dumps({"type": "service_account", "client_email": "a@example.com", "private_key": _KEY}),
    "URL": "https://example.com",
}
"""A made-up value of each form."""


@dataclass(frozen=True)
class Entry:
    """One attribute of a way. `type` is without ``optional()``; None means that there is no default."""

    name: str
    type: str
    required: bool
    secret: bool
    meaning: str
    default: Value

    @property
    def always_set(self) -> bool:
        """True if the attribute is never null."""
        return self.required or self.default is not None

    @property
    def declared(self) -> str:
        """The type of the attribute in the declaration of the variable."""
        if self.required:
            return self.type
        if self.default is None:
            return f"optional({self.type})"
        shown = f'"{self.default}"' if isinstance(self.default, str) else str(self.default)
        return f"optional({self.type}, {shown})"


def own(app: App) -> list[Way]:
    """Return the ways whose credential the workflow stores itself."""
    return [way for way in ways(app) if not way.stored_separately]


def apart(app: App) -> list[Way]:
    """Return the ways whose credential is an ``atlan_credential``."""
    return [way for way in ways(app) if way.stored_separately]


def guid_inputs(app: App) -> list[str]:
    """Return the inputs that take the guid of an ``atlan_credential``."""
    return list(dict.fromkeys(way.input_field for way in apart(app)))


def entries(way: Way) -> list[Entry]:
    """Return the attributes of a way: host, port, user and password first, then the others in the app's order."""
    found = [_entry(way, each) for each in way.parameters]
    return sorted(found, key=lambda each: (not each.required, _place(each)))


def least(way: Way) -> dict[str, Value]:
    """Return made-up values for the required attributes of a way. A value has the form that the provider checks."""
    return {each.name: _made_up(way, each.name) for each in entries(way) if each.required}


def _made_up(way: Way, name: str) -> str:
    known = sign_ins()[way.connector_config_name, way.auth_type]
    keys = [key for key, parameter in way.extra_from.items() if parameter == name]
    form = known.host if name == "host" else known.password if name == way.password_from else None
    form = form or next((known.extra[key] for key in keys), None)
    return _EXAMPLES.get(form or "", f"a-{name.replace('_', '-')}")


def mode(way: Way) -> dict[str, str]:
    """Return the inputs with which an app signs in this way, if its default is another one."""
    if way.app.app_id == "csa-uber-asset-export-basic":
        return {"delivery_type": "CLOUD"}
    return {"extraction_type": "objectstore"} if way.input_field == "object_store_credential_guid" else {}


def _place(each: Entry) -> int:
    return ORDER.index(each.name) if each.name in ORDER else len(ORDER)


def _entry(way: Way, each: Parameter) -> Entry:
    meaning = texts.of_parameter(way.app.app_id, way.method, each.name)
    kind = "bool" if each.boolean else "string"
    entry = Entry(each.name, kind, each.required, each.secret, meaning, _DEFAULTS.get(each.name))
    if each.name == "port":
        return replace(entry, type="number", required=way.port_default is None, default=way.port_default)
    if each.name == "host":
        return _host(way, entry)
    return entry


def _host(way: Way, entry: Entry) -> Entry:
    """Return the entry of the host. A placeholder of the web UI is not a default."""
    default = way.host_default
    if default == "host" or "<" in (default or ""):
        return replace(entry, required=True)
    return replace(entry, required=entry.required and not default, default=default or None)
