"""``data.atlan_connection``: an existing connection, by its qualified name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, TypedDict

from provider import errors
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
from provider.model.connection import check_qualified_name

if TYPE_CHECKING:
    from provider.client.entities import ConnectionEntity
    from provider.provider_data import ProviderData

_SCHEMA: Final = Schema(
    [
        Attribute(
            "qualified_name",
            STRING,
            required=True,
            description="The connection's qualified name, `default/<connector>/<number>`, such as "
            "`default/snowflake/1735689600`. The qualified names of the connection's assets start with "
            "this name.",
        ),
        Attribute("name", STRING, computed=True, description="The connection's label."),
        Attribute("connector_name", STRING, computed=True, description="The connector, such as `snowflake`."),
        Attribute(
            "admin_users",
            list_of(STRING),
            computed=True,
            description="The names of the users who administer the connection.",
        ),
        Attribute(
            "admin_groups",
            list_of(STRING),
            computed=True,
            description="The names of the groups that administer the connection.",
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
            description="The guid of the connection's own credential, for `atlan_app.credential_guid`. It is null if "
            "the connection has no credential.",
        ),
    ],
    description="Reads an existing connection by its qualified name: the connection's label, its admins, and the guid "
    "of its credential.",
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
    """The data source for a connection. Source: ``GET entity/uniqueAttribute/type/Connection``."""

    name = "connection"
    schema = _SCHEMA
    provider_data: ProviderData

    def check_config(self, config: ConnectionData) -> Iterable[Finding]:
        return check_qualified_name(config["qualified_name"], ["qualified_name"])

    def read(self, ctx: Context[ConnectionData], config: ConnectionData) -> ConnectionData:
        qualified_name = config["qualified_name"]
        try:
            connection = self.provider_data.client.get_connection(qualified_name)
        except NotFound as error:
            raise _not_found_error(qualified_name, error) from error
        if connection.is_archived:
            raise errors.archived_connection(qualified_name, ["qualified_name"])
        return _to_state(qualified_name, connection)


def _to_state(qualified_name: str, connection: ConnectionEntity) -> ConnectionData:
    return {
        "qualified_name": qualified_name,
        "name": connection.name,
        "connector_name": connection.connector_name,
        "admin_users": connection.admin_users,
        "admin_groups": connection.admin_groups,
        "admin_roles": connection.admin_roles,
        "default_credential_guid": connection.default_credential_guid,
    }


def _not_found_error(qualified_name: str, error: NotFound) -> UserError:
    return UserError(
        f"There is no connection {qualified_name}",
        "The qualified name may be mistyped. The connection may be deleted, on another tenant, or not created yet: the "
        f"first run of a new workflow creates the workflow's connection.\n\n{error}",
        ["qualified_name"],
    )
