"""The tenant that an object is on.

Private state of every resource contains the name of the tenant. With the address of another tenant, every object would
look deleted: a refresh would remove it from state, and an apply would create a second one. So a read, a plan, an update
and a delete fail there.

State that an earlier version wrote contains no tenant, and neither does state of a moved resource. It gets the tenant
of its first successful read. Until then, a 404 does not prove that the object is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple, TypeVar, cast

from provider.client.errors import AtlanError
from provider.errors import error_text
from provider.framework import Context, Json, Resource, State, UserError
from provider.model.tenant_names import tenant_name
from provider.ownership import start_address

S = TypeVar("S")
T = TypeVar("T")

_KEY: Final = "tenant"


class Tenant(NamedTuple):
    """The configured tenant: its name, and its former names. The name is empty if the settings are not known."""

    name: str = ""
    former_names: frozenset[str] = frozenset()

    @classmethod
    def of(cls, base_url: str, former_base_urls: Iterable[str]) -> Tenant:
        """Return the tenant with these addresses."""
        return cls(tenant_name(base_url), frozenset(map(tenant_name, former_base_urls)))


class TenantResource(Resource[S]):
    """A resource whose objects belong to one tenant. ``provider_data`` has the configured tenant."""

    def start_private(self, ctx: Context[S]) -> None:
        """Give the object its token: see ``provider.ownership``."""
        start_address(ctx)

    def check_account(self, ctx: Context[S], current: S) -> None:
        """Raise UserError if the object is on another tenant. Replace a former name of the configured tenant."""
        tenant: Tenant = self.provider_data.tenant
        recorded = _recorded(ctx)
        if not tenant.name or recorded in (None, tenant.name):
            return
        if recorded not in tenant.former_names:
            what = f"{ctx.type_name} {cast(State, current)['id']}"
            raise _other_tenant(what, str(recorded), tenant.name)
        ctx.private[_KEY] = tenant.name

    def remember_account(self, ctx: Context[S]) -> None:
        """Record the configured tenant in private state."""
        ctx.private[_KEY] = self.provider_data.tenant.name


def check_gone(ctx: Context[S], what: str, error: AtlanError) -> None:
    """Raise UserError if private state contains no tenant, because the object may then be on another tenant.

    Call this before a 404 (``error``) removes an object from state or ends its delete. ``what`` names the object.
    """
    if _recorded(ctx) is not None:
        return
    raise UserError(
        f"{what} was not found, and state does not say on which tenant it is",
        "An earlier version of the provider wrote this state, or the resource was moved, and no read has found the "
        "object since. So the 404 may only mean that base_url is the address of another tenant. State keeps the "
        "object. Check base_url, and plan again: the first successful read records the tenant. If the object is gone, "
        "run terraform state rm with the address of this resource."
        f"\n\n{error_text(ctx, error)}",
    ) from error


def remember_found(ctx: Context[S], tenant: Tenant, read: Callable[[], T]) -> None:
    """Record the tenant of an object before its delete, if private state contains none. ``read`` requests the object.

    The delete of a tainted object has no private state. If its answer is lost, the next 404 must prove that the object
    is gone. Raises AtlanError if the object cannot be read.
    """
    if _recorded(ctx) is None:
        read()
        ctx.private[_KEY] = tenant.name


def _recorded(ctx: Context[S]) -> Json:
    """Return the tenant in private state. Return None if there is none, or if the value is not a name."""
    recorded: Json = ctx.private.get(_KEY)
    return recorded if isinstance(recorded, str) and recorded else None


def _other_tenant(what: str, recorded: str, configured: str) -> UserError:
    host = f"[{recorded}]" if ":" in recorded else recorded
    return UserError(
        f"{what} belongs to {recorded}, not to {configured}",
        f"The state of this object is from the tenant {recorded}, and base_url is the address of {configured}. The "
        f"object was not read or changed. Set base_url, or ATLAN_BASE_URL, to the address of {recorded}, or use the "
        f"state of {configured}. If the tenant {recorded} was renamed to {configured}, add "
        f'former_base_urls = ["https://{host}"] to the provider block, or set ATLAN_FORMER_BASE_URLS. To stop '
        "managing the object, run terraform state rm with the address of this resource.",
    )
