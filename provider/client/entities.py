"""The answers about tokens, credentials, roles, connections and the search index.

Their keys are in camelCase. The answers of the app endpoints have keys in snake_case.
"""

from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from provider.client.json_codec import Json, JsonObject
from provider.client.responses import Integer, NonEmptyText, ResponseModel

DEFAULT_TOKEN_SECONDS = 600.0
_DELETED_STATUS = "DELETED"


def _or_default(seconds: Json) -> Json:
    return DEFAULT_TOKEN_SECONDS if seconds is None else seconds


def _empty_as_none(value: Json) -> Json:
    return None if value == "" else value


def _or_empty(value: Json) -> Json:
    return [] if value is None else value


class CamelCaseModel(ResponseModel):
    """The base of answers whose keys are camelCase."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class Token(CamelCaseModel):
    """An access token, valid for ``expires_in`` seconds."""

    access_token: NonEmptyText = Field(repr=False)
    expires_in: Annotated[float, BeforeValidator(_or_default)] = DEFAULT_TOKEN_SECONDS


class CreatedCredential(CamelCaseModel):
    """The answer to the create of a credential. ``id`` is the guid of the credential."""

    id: NonEmptyText


class Credential(CamelCaseModel):
    """A stored credential without its password. The repr contains neither ``extra`` nor ``username``."""

    id: NonEmptyText
    name: str | None = None
    auth_type: str | None = None
    connector_config_name: str | None = None
    connector_type: str | None = None
    host: str | None = None
    port: Annotated[Integer | None, BeforeValidator(_empty_as_none)] = None
    username: str | None = Field(default=None, repr=False)
    extra: JsonObject | None = Field(default=None, repr=False)
    is_active: bool | None = None


class CredentialPage(CamelCaseModel):
    """A page of credentials. The page after the last one is empty.

    ``total_record`` is the number of all credentials and ``filter_record`` that of the filtered ones, if the service
    returns them.
    """

    records: Annotated[list[Credential], BeforeValidator(_or_empty)]
    total_record: Integer | None = None
    filter_record: Integer | None = None


class Role(CamelCaseModel):
    """A role. ``id`` is a guid, by which connections refer to their admin roles."""

    id: NonEmptyText
    name: NonEmptyText
    description: str | None = None
    level: str | None = None
    member_count: Annotated[Integer | None, BeforeValidator(_empty_as_none)] = None


class RolePage(CamelCaseModel):
    """A page of roles. ``filter_record`` is the number of roles on all pages, if the service returns it."""

    records: Annotated[list[Role], BeforeValidator(_or_empty)]
    filter_record: Integer | None = None


class RunEntity(CamelCaseModel):
    """A run in the search index. The service updates the index some seconds late.

    The qualified name starts with the qualified name of the workflow. The last segment can be the run's id.
    """

    qualified_name: NonEmptyText
    status: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _lift_attributes(cls, raw: Json) -> Json:
        attributes = raw.get("attributes") if isinstance(raw, dict) else None
        if not isinstance(attributes, dict):
            return raw
        return {"qualifiedName": attributes.get("qualifiedName"), "status": attributes.get("appWorkflowRunStatus")}

    @property
    def last_segment(self) -> str:
        """The qualified name's last segment."""
        return self.qualified_name.rpartition("/")[2]


class RunSearch(CamelCaseModel):
    """The answer to a search for runs. The service leaves out ``entities`` if it finds no run."""

    entities: Annotated[list[RunEntity], BeforeValidator(_or_empty)] = Field(default_factory=list)


class ConnectionEntity(CamelCaseModel):
    """A connection in the metadata service. ``attributes`` contains all attributes by their names in the service."""

    guid: str | None = None
    status: str | None = None
    attributes: JsonObject = Field(repr=False)

    @model_validator(mode="before")
    @classmethod
    def _lift_entity(cls, raw: Json) -> Json:
        return raw.get("entity") if isinstance(raw, dict) and "entity" in raw else raw

    @property
    def is_archived(self) -> bool:
        """True if the connection was deleted. The service still returns such a connection."""
        return self.status == _DELETED_STATUS

    @property
    def qualified_name(self) -> str | None:
        return self._text("qualifiedName")

    @property
    def name(self) -> str | None:
        return self._text("name")

    @property
    def connector_name(self) -> str | None:
        """The attribute ``connectorName``. If it is missing, the second segment of the qualified name."""
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
        """The guids of the roles."""
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


class ConnectionSearch(CamelCaseModel):
    """A page of a search for connections. ``approximate_count`` is the number of results on all pages."""

    entities: Annotated[list[ConnectionEntity], BeforeValidator(_or_empty)] = Field(default_factory=list)
    approximate_count: Integer | None = None
