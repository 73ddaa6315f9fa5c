"""The tenant's list of credentials, which not every tenant has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provider.client.errors import NotFound, UnprovenNotFound, UnusableAnswer

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.client.credentials import CredentialList


def read(client: AtlanApi, name: str | None = None) -> CredentialList | None:
    """Return the credentials that are not archived, or None if the tenant has no such list.

    With ``name``, leave out other names. Raises AtlanError if the list could not be read for another reason, because
    such a failure says nothing about the tenant.
    """
    try:
        found = client.list_credentials(name)
    except (NotFound, UnprovenNotFound, UnusableAnswer):
        return None
    return found._replace(credentials=[each for each in found.credentials if each.is_active is not False])
