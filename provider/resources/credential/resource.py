"""``atlan_credential``: a credential in the tenant's vault. Its secrets are write-only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from provider.client.errors import AtlanError, NotFound, ServiceError
from provider.framework import GONE, Context, Finding, Gone, Json, PlanContext, Resource, Unknown
from provider.resources.credential import errors, import_state, payload, plan, read, validate
from provider.resources.credential.schema import SCHEMA, CredentialState

if TYPE_CHECKING:
    from provider.provider_data import ProviderData

# The longest wait for an answer that a create does not need.
_OPTIONAL_SECONDS: Final = 15.0


class CredentialResource(Resource[CredentialState]):
    """The resource ``atlan_credential``: a credential, identified by its guid."""

    name = "credential"
    schema = SCHEMA
    provider_data: ProviderData

    def omits_service_text(self, private: dict[str, Json]) -> bool:
        """Return True, because a call without a configuration does not know the secrets of the credential."""
        return True

    def check_config(self, config: CredentialState) -> Iterable[Finding]:
        return validate.check(config)

    def create(self, ctx: Context[CredentialState], planned: CredentialState) -> CredentialState:
        body = payload.for_create(planned, ctx.config)
        try:
            created = self.provider_data.client.create_credential(body, test=planned["test_before_store"])
        except AtlanError as error:
            raise (errors.of_create(error, planned) or error) from error
        name = None if planned["name"] is Unknown else planned["name"]
        state: CredentialState = {**planned, "id": created.id, "guid": created.id, "name": name}
        ctx.save(state)
        return state if name else {**state, "name": self._read_name(ctx, created.id)}

    def _read_name(self, ctx: Context[CredentialState], guid: str) -> str | None:
        """Return the name that the service chose, which a create does not return.

        If the read fails, warn and return None.
        """
        try:
            return self.provider_data.client.with_timeout(_OPTIONAL_SECONDS).get_credential(guid).name
        except AtlanError as error:
            ctx.warn(
                f"The name of the credential {guid} is not known yet",
                "The credential was created and is in state, but it could not be read. The next plan reads "
                f"it.\n\n{error}",
            )
            return None

    def read(self, ctx: Context[CredentialState], current: CredentialState) -> CredentialState | Gone:
        try:
            remote_credential = self.provider_data.client.get_credential(current["guid"])
        except NotFound:
            return GONE
        return read.read(remote_credential, current)

    def update(
        self, ctx: Context[CredentialState], current: CredentialState, planned: CredentialState
    ) -> CredentialState:
        if not payload.is_changed(current, planned):
            return planned
        client = self.provider_data.client
        try:
            remote_credential = client.get_credential(current["guid"])
            body = payload.for_update(current, planned, ctx.config, remote_credential)
            updated = client.update_credential(current["guid"], body)
        except ServiceError as error:
            raise (errors.of_update(error, current["guid"], planned) or error) from error
        return {**planned, "name": updated.name if planned["name"] is Unknown else planned["name"] or updated.name}

    def delete(self, ctx: Context[CredentialState], current: CredentialState) -> None:
        try:
            self.provider_data.client.archive_credential(current["guid"])
        except NotFound:
            return

    def import_(self, ctx: Context[CredentialState], id: str) -> CredentialState:  # noqa: A002 - tf's name for it
        """Import by guid."""
        return import_state.import_(ctx, self.provider_data.client, id)

    def plan(
        self,
        ctx: PlanContext[CredentialState],
        current: CredentialState | None,
        planned: CredentialState | None,
    ) -> CredentialState | None:
        return plan.plan(ctx, current, planned)
