"""``data.atlan_connection``: a connection that exists, by its qualified name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, TypedDict

from provider.client.errors import NotFound
from provider.framework import (
    STRING,
    Attribute,
    Context,
    DataSource,
    Finding,
    Schema,
    UserError,
    list_of,
)

if TYPE_CHECKING:
    from provider.client.entities import ConnectionEntity
    from provider.provider_data import ProviderData

_FORM: Final = re.compile(r"default/[^/\s]+/[^/\s]+")
_DELETED: Final = "DELETED"

_SCHEMA: Final = Schema(
    [
        Attribute(
            "qualified_name",
            STRING,
            required=True,
            description="The connection's identity, `default/<connector>/<number>`, such as "
            "`default/snowflake/1735689600`: how the qualified name of each of its assets begins.",
        ),
        Attribute("name", STRING, computed=True, description="The connection's label."),
        Attribute("connector_name", STRING, computed=True, description="The connector, such as `snowflake`."),
        Attribute(
            "admin_users",
            list_of(STRING),
            computed=True,
            description="The users who administer the connection, by name.",
        ),
        Attribute(
            "admin_groups",
            list_of(STRING),
            computed=True,
            description="The groups who administer the connection, by name.",
        ),
        Attribute(
            "admin_roles",
            list_of(STRING),
            computed=True,
            description="The guids of the roles that administer the connection.",
        ),
        Attribute(
            "default_credential_guid",
            STRING,
            computed=True,
            description="The guid of the connection's own credential, which `atlan_app.credential_guid` takes; null "
            "where it has none.",
        ),
    ],
    description="A connection that exists, by its qualified name: what it is called, who administers it, and its "
    "credential's guid.",
)


class ConnectionData(TypedDict):
    """The attributes of a connection."""

    qualified_name: str
    name: str | None
    connector_name: str | None
    admin_users: list[str]
    admin_groups: list[str]
    admin_roles: list[str]
    default_credential_guid: str | None


class ConnectionDataSource(DataSource[ConnectionData]):
    """A connection. Source: ``GET entity/uniqueAttribute/type/Connection`` of the metadata service."""

    name = "connection"
    schema = _SCHEMA
    provider_data: ProviderData

    def check_config(self, config: ConnectionData) -> Iterable[Finding]:
        given = config["qualified_name"]
        if isinstance(given, str) and not _FORM.fullmatch(given):
            yield Finding(
                f'"{given}" is not the qualified name of a connection',
                "It is default, the connector and a number with slashes between, such as "
                "default/snowflake/1735689600. Take it from an asset of the connection: it is how the asset's own "
                "qualified name begins.",
                ["qualified_name"],
            )

    def read(self, ctx: Context[ConnectionData], config: ConnectionData) -> ConnectionData:
        qualified_name = config["qualified_name"]
        try:
            found = self.provider_data.client.get_connection(qualified_name)
        except NotFound as error:
            raise _unknown(qualified_name, error) from error
        if found.status == _DELETED:
            raise UserError(
                f"The connection {qualified_name} is archived",
                "It was deleted, and the service still shows what it was. Name one that is live.",
                ["qualified_name"],
            )
        return _to_state(qualified_name, found)


def _to_state(qualified_name: str, found: ConnectionEntity) -> ConnectionData:
    return {
        "qualified_name": qualified_name,
        "name": found.name,
        "connector_name": found.connector_name,
        "admin_users": found.admin_users,
        "admin_groups": found.admin_groups,
        "admin_roles": found.admin_roles,
        "default_credential_guid": found.default_credential_guid,
    }


def _unknown(qualified_name: str, error: NotFound) -> UserError:
    return UserError(
        f"There is no connection {qualified_name}",
        f"It may be mistyped, deleted or on another tenant, or not made yet: a workflow's own connection exists from "
        f"its first run on, not from its definition.\n\n{error}",
        ["qualified_name"],
    )
