"""The tenant's list of credentials, which not every tenant has."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from provider.client.errors import AtlanError, NotFound, UnprovenNotFound, UnusableAnswer

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.client.credentials import CredentialList


class NoList(NamedTuple):
    """The answer of a tenant that has no list of credentials."""

    error: AtlanError


def read(client: AtlanApi, name: str | None = None) -> CredentialList | NoList:
    """Return the credentials that are not archived, or NoList if the tenant has no such list.

    With ``name``, leave out other names. Raises AtlanError if the list could not be read for another reason, because
    such a failure says nothing about the tenant.
    """
    try:
        found = client.list_credentials(name)
    except (NotFound, UnprovenNotFound, UnusableAnswer) as error:
        return NoList(error)
    return found._replace(credentials=[each for each in found.credentials if each.is_active is not False])
