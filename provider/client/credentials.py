"""Vaulted credentials. The service's facts: a read has no password, and wire keys are camelCase."""

from collections.abc import Mapping
from typing import Any

from provider.client.entities import Credential, VaultedCredential
from provider.client.errors import NotFound
from provider.client.operations import Operations
from provider.client.redaction import of_credential
from provider.client.responses import model


class CredentialOperations(Operations):
    """A body is {authType, name, connectorConfigName, connectorType?, host?, port?, username?, password?, extra?}.

    It is sent as it is given, and no error shows its password or what is in its extra.
    """

    def vault_credential(self, body: Mapping[str, Any], *, test: bool = False) -> VaultedCredential:
        """Vaults a credential; with `test` the service tries it against its source first."""
        query = {"testCredential": "true" if test else "false"}
        return model(
            VaultedCredential, self._service("POST", "credentials", query=query, body=body, secrets=of_credential(body))
        )

    def get_credential(self, guid: str) -> Credential:
        """A credential without its secrets. NotFound if there is none, or an archived one."""
        answer = self._service("GET", "credentials", guid)
        found = model(Credential, answer)
        if found.is_active is False:
            raise answer.request.error(NotFound, "it is archived", status=answer.status)
        return found

    def update_credential(self, guid: str, body: Mapping[str, Any]) -> Credential:
        """Replaces what is vaulted under `guid`."""
        answer = self._service("POST", "credentials", guid, body=body, secrets=of_credential(body))
        # it is done by now, however little the answer tells
        return model(Credential, answer, id=guid)

    def archive_credential(self, guid: str) -> None:
        """Archives a credential. NotFound if there is none."""
        answer = self._service("POST", "credentials", guid, "archive")
        # what it tells is not known, but a sign-in page in its place archived nothing
        answer.refuse_page()
