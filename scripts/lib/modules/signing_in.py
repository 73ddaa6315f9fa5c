"""The ways to sign in as a module's variable: one object, with an attribute for each way."""

from dataclasses import dataclass, replace
from typing import Any, Final

from scripts.lib.app_facts.apps import App
from scripts.lib.app_facts.credentials import Parameter, Way, ways
from scripts.lib.modules import texts

ORDER: Final = ("host", "port", "username", "password")


@dataclass(frozen=True)
class Entry:
    """One attribute of a way: its type without ``optional()``, and its default; None for none."""

    name: str
    type: str
    required: bool
    secret: bool
    meaning: str
    default: Any

    @property
    def declared(self) -> str:
        """The attribute's type as a variable declares it."""
        if self.required:
            return self.type
        if self.default is None:
            return f"optional({self.type})"
        shown = f'"{self.default}"' if isinstance(self.default, str) else str(self.default)
        return f"optional({self.type}, {shown})"


def own(app: App) -> list[Way]:
    """The ways whose credential the workflow vaults by itself."""
    return [way for way in ways(app) if not way.vaulted_apart]


def apart(app: App) -> list[Way]:
    """The ways whose credential is an ``atlan_credential``."""
    return [way for way in ways(app) if way.vaulted_apart]


def guid_inputs(app: App) -> list[str]:
    """The inputs that take the guid of a credential that is vaulted apart."""
    return list(dict.fromkeys(way.input_field for way in apart(app)))


def entries(way: Way) -> list[Entry]:
    """What a user is asked for: where from, who, then the rest as the app lists it."""
    found = [_entry(way, each) for each in way.parameters]
    return sorted(found, key=lambda each: (not each.required, _place(each)))


def least(way: Way) -> dict[str, Any]:
    """Made-up values for what a way cannot do without."""
    return {each.name: f"a-{each.name.replace('_', '-')}" for each in entries(way) if each.required}


def mode(way: Way) -> dict[str, str]:
    """The inputs that have an app sign in this way, where its own default is not to."""
    if way.app.app_id == "csa-uber-asset-export-basic":
        return {"delivery_type": "CLOUD"}
    return {"extraction_type": "objectstore"} if way.input_field == "object_store_credential_guid" else {}


def _place(each: Entry) -> int:
    return ORDER.index(each.name) if each.name in ORDER else len(ORDER)


def _entry(way: Way, each: Parameter) -> Entry:
    meaning = texts.of_parameter(way.app.app_id, way.method, each.name)
    entry = Entry(each.name, "bool" if each.boolean else "string", each.required, each.secret, meaning, None)
    if each.name == "port":
        return replace(entry, type="number", required=way.port_default is None, default=way.port_default)
    if each.name == "host":
        return _host(way, entry)
    return entry


def _host(way: Way, entry: Entry) -> Entry:
    """A host's default in the web UI may be a mere placeholder; there is none then."""
    default = way.host_default
    if default == "host" or "<" in (default or ""):
        return replace(entry, required=True)
    return replace(entry, required=entry.required and not default, default=default or None)
