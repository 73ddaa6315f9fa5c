"""``data.atlan_role``: a role of the tenant, by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypedDict

from provider.framework import (
    NUMBER,
    STRING,
    Attribute,
    Context,
    DataSource,
    Schema,
    UserError,
    validators,
)

if TYPE_CHECKING:
    from provider.provider_data import ProviderData

_SCHEMA: Final = Schema(
    [
        Attribute(
            "name",
            STRING,
            required=True,
            validators=[validators.not_empty("Set it to the name of a role, such as $admin.")],
            description="The role's name, such as `$admin`.",
        ),
        Attribute(
            "id", STRING, computed=True, description="The role's guid, for `atlan_app.asset_connection.admin_roles`."
        ),
        Attribute("description", STRING, computed=True, description="The description of the role."),
        Attribute("level", STRING, computed=True, description="The level of the role, such as `workspace`."),
        Attribute("member_count", NUMBER, computed=True, description="The number of users who have the role."),
    ],
    description="Reads a role of the tenant by its name. Connections refer to their admin roles by guid.",
)


class RoleData(TypedDict):
    """The attributes of a role."""

    name: str
    id: str
    description: str | None
    level: str | None
    member_count: int | None


class RoleDataSource(DataSource[RoleData]):
    """The data source for a role. Source: ``GET roles``."""

    name = "role"
    schema = _SCHEMA
    provider_data: ProviderData

    def read(self, ctx: Context[RoleData], config: RoleData) -> RoleData:
        name = config["name"]
        role = self.provider_data.client.find_role(name)
        if role is None:
            raise self._not_found_error(name)
        return {
            "name": name,
            "id": role.id,
            "description": role.description,
            "level": role.level,
            "member_count": role.member_count,
        }

    def _not_found_error(self, name: str) -> UserError:
        """Return the error with similar names. Send a request for the names of all roles."""
        from difflib import get_close_matches

        names = sorted(role.name for role in self.provider_data.client.list_roles())
        suggestions = get_close_matches(name, names) or [each for each in names if each.startswith("$")]
        advice = (
            f"Did you mean {' or '.join(suggestions)}?" if suggestions else "No role is visible with these credentials."
        )
        return UserError(
            f"There is no role {name}",
            f"{advice} Upper and lower case matter, and the names of the service's own roles start with $.",
            ["name"],
        )
