"""Credentials in the tenant's vault. The service never returns a password. Keys are camelCase.

Each operation imports the model of its answer, because most processes need none of these models.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from provider.client import operations
from provider.client.errors import ENDLESS_REASON, NotFound
from provider.client.json_codec import Body
from provider.client.operations import Operations
from provider.client.responses import parse_answer, parse_answer_about

if TYPE_CHECKING:
    from provider.client.entities import CreatedCredential, Credential, CredentialPage

_PAGE_SIZE: Final = 100


class CredentialList(NamedTuple):
    """The listed credentials. If ``is_complete`` is False, a credential that is not among them may exist."""

    credentials: Sequence[Credential]
    is_complete: bool


class CredentialOperations(Operations):
    """The operations on credentials.

    A body is {authType, name, connectorConfigName, connectorType?, host?, port?, username?, password?, extra?}. It is
    sent unchanged.
    """

    def create_credential(self, body: Mapping[str, Body], *, test: bool = False) -> CreatedCredential:
        """Create a credential. With ``test``, the service first tests the credential at its source."""
        from provider.client.entities import CreatedCredential

        query = {"testCredential": "true" if test else "false"}
        return parse_answer(CreatedCredential, self._request_service("POST", "credentials", query=query, body=body))

    def get_credential(self, guid: str) -> Credential:
        """Return a credential without its secrets. Raises NotFound if it does not exist or is archived."""
        from provider.client.entities import Credential

        answer = self._request_service("GET", "credentials", guid)
        found = parse_answer_about(Credential, answer, id=guid)
        if found.is_active is False:
            raise answer.request.error(NotFound, "it is archived", status=answer.status)
        return found

    def list_credentials(self, name: str | None = None) -> CredentialList:
        """Return the credentials of all pages, without secrets. With ``name``, leave out other names.

        The list is incomplete if a page only repeats credentials, because then the service ignores the offset, or if
        it contains fewer credentials than the service counts. Not every tenant has this list. Raises UnusableAnswer if
        there are more than ``operations.MOST_PAGES`` pages.
        """
        from provider.client.entities import CredentialPage

        found: dict[str, Credential] = {}
        chosen = {} if name is None else {"filter": json.dumps({"name": name})}
        offset = 0
        for _ in range(operations.MOST_PAGES):
            query = {**chosen, "limit": str(_PAGE_SIZE), "offset": str(offset)}
            answer = self._request_service("GET", "credentials", query=query)
            page = parse_answer(CredentialPage, answer)
            if all(each.id in found for each in page.records):
                # An answer that ignores the filter contains other credentials.
                named = [each for each in found.values() if name is None or each.name == name]
                return CredentialList(named, _is_complete(page, len(found), is_filtered=name is not None))
            found |= {each.id: each for each in page.records}
            offset += len(page.records)
        return answer.refuse(ENDLESS_REASON)

    def update_credential(self, guid: str, body: Mapping[str, Body]) -> Credential:
        """Replace all fields of the credential that has this guid. Raises NotFound if it does not exist."""
        from provider.client.entities import Credential

        answer = self._request_service("POST", "credentials", guid, body=body)
        # The update has succeeded, even if the answer does not contain the guid.
        return parse_answer_about(Credential, answer, defaults={"id": guid}, id=guid)

    def archive_credential(self, guid: str) -> None:
        """Archive a credential. Raises NotFound if it does not exist."""
        answer = self._request_service("POST", "credentials", guid, "archive")
        # The form of this answer is not documented, so only HTML is refused: after a sign-in page, nothing is archived.
        answer.refuse_page()


def _is_complete(last_page: CredentialPage, count: int, *, is_filtered: bool) -> bool:
    """Return True if ``count`` credentials are all that the service has. ``last_page`` contains no new one."""
    counted = [last_page.filter_record, None if is_filtered else last_page.total_record]
    known = [each for each in counted if each is not None]
    return count >= max(known) if known else not last_page.records
