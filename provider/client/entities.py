"""What travels over the wire around the apps: tokens, credentials, roles, connections.

The service's fact: wire keys are camelCase here, unlike those of the app endpoints.
"""

from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from provider.client.responses import Name, Version, Wire

TOKEN_SECONDS = 600.0


def _or_usual(seconds: Any) -> Any:
    return TOKEN_SECONDS if seconds is None else seconds


def _or_none(value: Any) -> Any:
    return None if value == "" else value


def _or_empty(value: Any) -> Any:
    return [] if value is None else value


class Camel(Wire):
    """The base of those whose keys are camelCase on the wire."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class Token(Camel):
    """An access token, good for `expires_in` seconds."""

    access_token: Name = Field(repr=False)
    expires_in: Annotated[float, BeforeValidator(_or_usual)] = TOKEN_SECONDS


class VaultedCredential(Camel):
    """The answer to the vaulting of a credential: its guid."""

    id: Name


class Credential(Camel):
    """A vaulted credential as the service shows it: never with its password, which is not even looked for.

    `extra` and `username` stay out of a repr, for what stands there is nobody's to know either.
    """

    id: Name
    name: str | None = None
    auth_type: str | None = None
    connector_config_name: str | None = None
    connector_type: str | None = None
    host: str | None = None
    port: Annotated[Version | None, BeforeValidator(_or_none)] = None
    username: str | None = Field(default=None, repr=False)
    extra: dict[str, Any] | None = Field(default=None, repr=False)
    is_active: bool | None = None


class Role(Camel):
    """A role; `id` is the guid that connections name their admin roles by."""

    id: Name
    name: Name
    description: str | None = None
    level: str | None = None
    member_count: Annotated[Version | None, BeforeValidator(_or_none)] = None


class RolePage(Camel):
    """A page of roles; `filter_record` is how many there are on all pages, where the service tells."""

    records: Annotated[list[Role], BeforeValidator(_or_empty)]
    filter_record: Version | None = None


class RunEntity(Camel):
    """A run as the index has it, some seconds old.

    The service's fact: the qualified name starts with that of its workflow. What follows is not said; its last segment
    may be the run's id.
    """

    qualified_name: Name
    status: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _lift_attributes(cls, wire: Any) -> Any:
        attributes = wire.get("attributes") if isinstance(wire, dict) else None
        if not isinstance(attributes, dict):
            return wire
        return {"qualifiedName": attributes.get("qualifiedName"), "status": attributes.get("appWorkflowRunStatus")}

    @property
    def last_segment(self) -> str:
        return self.qualified_name.rpartition("/")[2]


class RunSearch(Camel):
    """The answer to a search for runs; where nothing is found it has no `entities`."""

    entities: Annotated[list[RunEntity], BeforeValidator(_or_empty)] = Field(default_factory=list)


class ConnectionEntity(Camel):
    """A connection as the metadata endpoint has it. `attributes` are all of them, under the service's own names."""

    guid: str | None = None
    status: str | None = None
    attributes: dict[str, Any] = Field(repr=False)

    @model_validator(mode="before")
    @classmethod
    def _lift_entity(cls, wire: Any) -> Any:
        return wire.get("entity") if isinstance(wire, dict) and "entity" in wire else wire

    @property
    def qualified_name(self) -> str | None:
        return self._text("qualifiedName")

    @property
    def name(self) -> str | None:
        return self._text("name")

    @property
    def connector_name(self) -> str | None:
        """The connector, which is also the second segment of the qualified name (the service's fact)."""
        segments = (self.qualified_name or "").split("/")
        return self._text("connectorName") or (segments[1] if len(segments) > 1 else None)

    @property
    def admin_users(self) -> list[str]:
        return self._texts("adminUsers")

    @property
    def admin_groups(self) -> list[str]:
        return self._texts("adminGroups")

    @property
    def admin_roles(self) -> list[str]:
        """Guids of roles."""
        return self._texts("adminRoles")

    @property
    def default_credential_guid(self) -> str | None:
        """The guid of the connection's own credential."""
        return self._text("defaultCredentialGuid")

    def _text(self, key: str) -> str | None:
        value = self.attributes.get(key)
        return value if value and isinstance(value, str) else None

    def _texts(self, key: str) -> list[str]:
        values = self.attributes.get(key)
        return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []
