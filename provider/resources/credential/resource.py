"""``atlan_credential``: a credential in the tenant's vault. Its secrets are write-only."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from provider import ownership
from provider.client.errors import AtlanError, ServiceError
from provider.errors import error_text, without_service_text
from provider.framework import GONE, Context, Finding, Gone, Json, PlanContext, Unknown, deferred, same
from provider.model import extra_keys
from provider.model.credential_names import digest
from provider.resources.credential import private_state, validate
from provider.resources.credential.schema import SCHEMA, CredentialState
from provider.tenant import TenantResource, remember_found

# Most launches only validate, or plan no change.
with deferred(
    *(
        f"provider.resources.credential.{name}"
        for name in ("errors", "import_state", "missing", "payload", "plan", "read", "store")
    )
):
    from provider.resources.credential import errors, import_state, missing, payload, plan, read, store

if TYPE_CHECKING:
    from provider.client.entities import Credential
    from provider.provider_data import ProviderData


class CredentialResource(TenantResource[CredentialState]):
    """The resource ``atlan_credential``: a credential, identified by its guid."""

    name = "credential"
    schema = SCHEMA
    private_shapes = private_state.SHAPES
    provider_data: ProviderData

    def omits_service_text(self, private: dict[str, Json]) -> bool:
        """Return True, because a call without a configuration does not know the secrets of the credential."""
        return True

    def was_read(self, current: CredentialState) -> bool:
        return self.provider_data.credentials.was_read(current["guid"])

    def check_config(self, config: CredentialState) -> Iterable[Finding]:
        return validate.check(config)

    def create(self, ctx: Context[CredentialState], planned: CredentialState) -> CredentialState:
        data = self.provider_data
        data.remember_secrets()
        stored = store.store(ctx, data.client, data.replaced_credentials, data.credential_uses, planned)
        private_state.remember_write_only(ctx)
        return {**planned, "id": stored.guid, "guid": stored.guid, "name": stored.name}

    def read(self, ctx: Context[CredentialState], current: CredentialState) -> CredentialState | Gone:
        client, guid = self.provider_data.client, current["guid"]
        ownership.check_read(ctx, self.provider_data.credentials, guid)
        try:
            remote_credential = client.get_credential(guid)
        except AtlanError as error:
            if missing.is_gone(ctx, client, guid, error):
                return GONE
            raise
        private_state.remember_hidden(ctx, remote_credential.extra)
        return read.read(remote_credential, current)

    def update(
        self, ctx: Context[CredentialState], current: CredentialState, planned: CredentialState
    ) -> CredentialState:
        if not payload.is_changed(current, planned):
            return planned
        data, client, guid = self.provider_data, self.provider_data.client, current["guid"]
        with without_service_text(ctx, oauth=data.signs_in_with_oauth):
            remote_credential = self._of_existing(ctx, guid, lambda: client.get_credential(guid))
        sent_keys = private_state.sent_keys(ctx)
        body = payload.for_update(current, planned, ctx.config, remote_credential, sent_keys)
        data.remember_secrets()
        # A refusal of the first secrets keeps the service's text, because it says what to correct.
        rotates = not same(current["secret_wo_version"], planned["secret_wo_version"])
        replaces_secrets = rotates and private_state.was_sent(ctx)
        with without_service_text(ctx, oauth=data.signs_in_with_oauth, when=replaces_secrets):
            try:
                updated = self._of_existing(ctx, guid, lambda: client.update_credential(guid, body))
            except ServiceError as error:
                raise (errors.of_update(ctx, error, planned) or error) from error
        # The plan did not know them if its read is older, for example with -refresh=false.
        new_keys = {*extra_keys.hidden(remote_credential.extra)} - {*private_state.hidden_keys(ctx)}
        plan.warn_lost(ctx, current, sorted(new_keys))
        private_state.remember_write_only(ctx)
        return {**planned, "name": updated.name if planned["name"] is Unknown else planned["name"] or updated.name}

    def _of_existing(self, ctx: Context[CredentialState], guid: str, request: Callable[[], Credential]) -> Credential:
        """Return the result of a request about a credential. Raises UserError if the credential is gone."""
        try:
            return request()
        except ServiceError as error:
            if missing.is_gone(ctx, self.provider_data.client, guid, error):
                raise errors.gone(guid, error_text(ctx, error)) from error
            raise

    def delete(self, ctx: Context[CredentialState], current: CredentialState) -> None:
        client, guid = self.provider_data.client, current["guid"]
        if not ownership.may_remove(ctx, self.provider_data.credentials, guid):
            return
        name = current["name"]
        self.provider_data.replaced_credentials.add(guid, digest(name) if isinstance(name, str) else None)
        try:
            remember_found(ctx, self.provider_data.tenant, lambda: client.get_credential(guid))
            client.archive_credential(guid)
        except AtlanError as error:
            if not missing.is_gone(ctx, client, guid, error):
                raise

    def import_(self, ctx: Context[CredentialState], id: str) -> CredentialState:  # noqa: A002 - tf's name for it
        """Import by guid."""
        return import_state.import_(ctx, self.provider_data.client, id)

    def plan(
        self,
        ctx: PlanContext[CredentialState],
        current: CredentialState | None,
        planned: CredentialState | None,
    ) -> CredentialState | None:
        if current is not None:
            ownership.check_planned(ctx, self.provider_data.credentials, current["guid"])
        return plan.plan(ctx, current, planned)
