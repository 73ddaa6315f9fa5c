"""``atlan_app``: the definition of an app workflow. It never runs a workflow."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from provider import errors, ownership
from provider.absence import FRESH_SECONDS
from provider.client.errors import AtlanError, NotFound, UnprovenNotFound
from provider.framework import (
    GONE,
    Context,
    Finding,
    Gone,
    Json,
    Known,
    MoveSource,
    PlanContext,
    Unknown,
    UserError,
    Value,
    deferred,
    same,
    timeouts,
)
from provider.model.connection import ASSET_CONNECTION
from provider.model.inputs import CONNECTION, CREDENTIAL, CREDENTIAL_GUID, credential_guid
from provider.refresh import UNCHANGED
from provider.resources.app import (
    connection_warnings,
    pending_publish,
    plan_connection,
    private_extra,
    private_state,
    validate,
)
from provider.resources.app.plan_connection import WorkflowNames
from provider.resources.app.schema import SCHEMA, AppState
from provider.resources.app.upgrade_state import UPGRADERS
from provider.tenant import TenantResource, check_gone, remember_found

# Most launches only validate, or plan no change.
with deferred(
    *(
        f"provider.resources.app.{name}"
        for name in (
            "adopt",
            "check_inputs",
            "contract_of_publish",
            "credential_extra",
            "former_secrets",
            "import_state",
            "imported_inputs",
            "kept_inputs",
            "move_state",
            "own_credential",
            "plan",
            "publish",
            "read",
            "second_connection",
            "stored_connection",
        )
    )
):
    from provider.resources.app import (
        adopt,
        check_inputs,
        contract_of_publish,
        credential_extra,
        former_secrets,
        import_state,
        imported_inputs,
        kept_inputs,
        move_state,
        own_credential,
        plan,
        publish,
        read,
        second_connection,
        stored_connection,
    )

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.client.responses import Workflow
    from provider.provider_data import ProviderData

T = TypeVar("T")

# The longest wait for an answer that an operation does not need.
_OPTIONAL_SECONDS: Final = 15.0


class AppResource(TenantResource[AppState]):
    """The resource ``atlan_app``: a workflow, identified by its slug."""

    name = "app"
    schema = SCHEMA
    private_shapes = private_state.SHAPES | private_extra.SHAPES | pending_publish.SHAPES | ownership.SHAPES
    state_upgraders = UPGRADERS
    provider_data: ProviderData

    def check_config(self, config: AppState) -> Iterable[Finding]:
        return validate.check(config)

    def note_stored(self, state: dict[str, Json]) -> None:
        slug = state.get("slug")
        if isinstance(slug, str):
            self.provider_data.workflows.add_stored(slug)

    def was_read(self, current: AppState) -> bool:
        return self.provider_data.workflows.was_read(current["slug"])

    def omits_service_text(self, private: dict[str, Json]) -> bool:
        # The delete of a tainted workflow has no private state, so nothing is known of its secrets.
        return not private or private_state.has_published_secrets(private)

    def create(self, ctx: Context[AppState], planned: AppState) -> AppState:
        client = self._client(planned["timeouts"], "create")
        if planned["adopted"] is Unknown:  # The name could not be looked up, so nothing is adopted.
            connection = plan_connection.new_connection(ctx, planned[ASSET_CONNECTION], _names(planned))
            planned = {**planned, "adopted": False, ASSET_CONNECTION: connection}
        elif planned["adopted"]:
            return self._adopt(ctx, client, planned, adopt.find(client, ctx.config, planned, [planned["slug"]]))
        self.provider_data.remember_secrets()
        names = planned["app_id"], planned["entrypoint"]
        contract = contract_of_publish.read(ctx, self.provider_data.contracts, *names)
        inputs = publish.inputs_to_send(ctx, client, planned, publish.NOTHING_STORED, contract, sends_credential=True)
        try:
            storage = own_credential.Storage(
                self.provider_data.replaced_credentials, self.provider_data.credential_uses
            )
            with self.provider_data.claims.turn(planned["name"]):
                created, lost_answer = publish.create(ctx, client, self.provider_data, planned, inputs, storage)
                ownership.record_created(ctx, self.provider_data.workflows, created.slug)
        except publish.NameTakenError as taken:
            raise adopt.taken(taken) if planned["adopt_existing"] else taken from taken
        if lost_answer is not None:
            publish.warn_found(ctx, created.slug, lost_answer)
        state: AppState = {
            **planned,
            "id": created.slug,
            "slug": created.slug,
            "adopted": False,
            ASSET_CONNECTION: publish.published_connection(planned[ASSET_CONNECTION], inputs.get(CONNECTION)),
            "credential_guid": read.known_value(planned["credential_guid"]),
            "version": created.version,
            "published_version": created.version,
            "execution_mode": created.execution_mode,
            "owner": None,
        }
        private_state.remember_publish(ctx, created.version)
        self._remember_time(ctx, created.slug, is_created=True)
        self._remember_credential(ctx, created.slug, inputs)
        ctx.save(state)
        return self._read_back(ctx, state, is_created=True)

    def read(self, ctx: Context[AppState], current: AppState) -> AppState | Gone:
        slug, client = current["slug"], self._client
        ownership.check_read(ctx, self.provider_data.workflows, slug)
        current = read.with_published_version(current)
        self._recall_time(ctx, slug)

        def get() -> Workflow:
            with self.provider_data.absence.proven(slug, current["name"]):
                return client(current["timeouts"], "read").get_workflow(slug)

        try:
            workflow = self.provider_data.refresh.read(slug, get, read.row_check(ctx, current))
        except NotFound as error:
            check_gone(ctx, slug, error)
            read.warn_gone(ctx, slug, error)
            connection_warnings.warn_gone(ctx, self.provider_data, current)
            return GONE
        except UnprovenNotFound as error:
            if not error.exists:
                raise
            errors.warn_kept(ctx, slug, error)
            return current
        pending_publish.note_read(ctx, current["version"] if workflow is UNCHANGED else workflow.version)
        if workflow is UNCHANGED:
            return current
        data = self.provider_data
        if move_state.is_unread(ctx, current):
            return move_state.read(ctx, data.client, data.contracts, workflow, current)
        return read.read(ctx, workflow, current, lambda: kept_inputs.left_out_equal_keys(data, workflow, current))

    def update(self, ctx: Context[AppState], current: AppState, planned: AppState) -> AppState:
        private_state.forget_read(ctx)
        if planned["version"] is not Unknown:
            return planned
        slug, client = current["slug"], self._client(planned["timeouts"], "update")
        self._recall_time(ctx, slug)
        with former_secrets.not_shown(ctx, self.provider_data):
            try:
                workflow = self._until_found(ctx, current, lambda: client.get_workflow(slug))
            except NotFound as error:
                check_gone(ctx, slug, error)
                raise publish.no_longer_exists(ctx, slug, error) from error
        return self._publish(ctx, client, workflow, current, planned)

    def delete(self, ctx: Context[AppState], current: AppState) -> None:
        slug = current["slug"]
        if private_state.has_own_credential(ctx):  # A credential that is only referenced lives on.
            guid, names = read.known_value(current["credential_guid"]), private_state.credential_names(ctx)
            self.provider_data.replaced_credentials.add(guid, *names)
        if not ownership.may_remove(ctx, self.provider_data.workflows, slug):
            return
        client = self._client(current["timeouts"], "delete")
        self._recall_time(ctx, slug)
        try:
            find = partial(self._until_found, ctx, current)
            remember_found(ctx, self.provider_data.tenant, lambda: find(lambda: client.get_workflow(slug)))
            answer = find(lambda: client.delete_workflow(slug))
        except NotFound as error:
            check_gone(ctx, slug, error)
            return
        if answer.archived:
            self.provider_data.absence.add_archive(slug)
        connection_warnings.warn_replaced(ctx, slug)
        if not answer.archived:
            raise UserError(
                f"{slug} was not archived",
                "The service accepted the request and answered that it archived nothing. Apply again. If that fails "
                "too, archive the workflow in the web UI.",
            )

    def import_(self, ctx: Context[AppState], id: str) -> AppState:  # noqa: A002 - tf's name for it
        data = self.provider_data
        return import_state.import_(ctx, data.client, data.absence, data.contracts, id)

    def plan(self, ctx: PlanContext[AppState], current: AppState | None, planned: AppState | None) -> AppState | None:
        if planned is None:
            if current is not None:
                ownership.check_planned(ctx, self.provider_data.workflows, current["slug"])
                connection_warnings.warn_destroy(ctx, current["slug"], current[ASSET_CONNECTION])
            return None
        adopted: Workflow | None = None
        if current is None:
            planned, adopted = self._plan_create(ctx, planned)
        else:
            ownership.check_planned(ctx, self.provider_data.workflows, current["slug"])
            planned = plan.plan_update(ctx, current, planned, was_read=self.was_read(current))
            version = read.planned_published_version(ctx, current, planned["version"])
            planned = {**planned, "published_version": version}
        if self.provider_data.validates_inputs and planned["version"] is Unknown and not ctx.requires_replace:
            before, after = (current, planned) if adopted is None else adopt.as_update(adopted, planned)
            ctx.report(check_inputs.check(ctx, self.provider_data, before, after))
        if self.provider_data.validates_inputs:
            connections = current and current[ASSET_CONNECTION], planned[ASSET_CONNECTION]
            names = WorkflowNames(planned["app_id"], planned["name"])  # Not _names: the inputs do not go there.
            may_adopt = planned["adopted"] is Unknown
            second_connection.check(ctx, self.provider_data, names, *connections, may_adopt=may_adopt)
        if planned["credential_guid"] is Unknown and not ctx.requires_replace:
            credential_extra.warn_lost(ctx, self.provider_data, current and current["credential_guid"], adopted)
            credential_extra.remember_planned(ctx)
        if current is not None:  # After the check, which reads the inputs of earlier publishes.
            imported_inputs.warn_kept(ctx, current)
            private_state.remember_write_only_paths(ctx)
        return planned

    def move(self, ctx: Context[AppState], source: MoveSource) -> AppState:
        return move_state.move(ctx, source)

    # Shared

    def _plan_create(self, ctx: PlanContext[AppState], planned: AppState) -> tuple[AppState, Workflow | None]:
        """Return the planned state of a create, and the workflow that the apply will adopt."""
        data, adopted = self.provider_data, None
        if not data.is_known:
            ctx.warn(
                "The workflow was planned without a check",
                "The provider's settings are not known yet, so this workflow could not be checked.",
            )
        planned = {**planned, "adopted": False}
        if planned["adopt_existing"] not in (None, False):
            planned, adopted = adopt.plan(ctx, data, planned)
        names = _names(planned)
        if adopted is not None:
            connection = adopt.plan_connection(ctx, data, adopted, planned[ASSET_CONNECTION], names)
        else:
            may_adopt = planned["adopted"] is Unknown
            connection = plan_connection.plan_create(ctx, planned[ASSET_CONNECTION], names, may_adopt=may_adopt)
        return {**planned, ASSET_CONNECTION: connection}, adopted

    def _adopt(self, ctx: Context[AppState], client: AtlanApi, planned: AppState, workflow: Workflow) -> AppState:
        ownership.record_adopted(ctx, self.provider_data.workflows, workflow.slug)
        workflow = stored_connection.with_tenant_attributes(ctx, client, workflow)
        return self._publish(ctx, client, workflow, *adopt.as_update(workflow, planned))

    def _publish(
        self, ctx: Context[AppState], client: AtlanApi, workflow: Workflow, current: AppState, planned: AppState
    ) -> AppState:
        """Publish a new version of a workflow. Save and return its state."""
        names = planned["app_id"], planned["entrypoint"]
        contract = contract_of_publish.read(ctx, self.provider_data.contracts, *names)
        rotates = not same(current["credential_wo_version"], planned["credential_wo_version"])
        stored = publish.stored_inputs(ctx, current, workflow.inputs)
        own_guid = credential_guid(workflow.inputs or {}) or read.known_value(current["credential_guid"])
        has_own = bool((workflow.inputs or {}).get(CREDENTIAL_GUID)) or private_state.has_own_credential(ctx)
        inputs = publish.inputs_to_send(ctx, client, planned, stored, contract, sends_credential=rotates)
        if has_own and CREDENTIAL in inputs:
            kept = credential_extra.with_kept(ctx, self.provider_data, client, own_guid, inputs[CREDENTIAL])
            inputs = {**inputs, CREDENTIAL: kept}
        data = self.provider_data
        data.remember_secrets()  # Also those in the extra that is kept.
        storage = own_credential.Storage(data.replaced_credentials, data.credential_uses, own_guid)
        before, after = (
            former_secrets.Versions(each["credential_wo_version"], each["inputs_wo_version"])
            for each in (current, planned)
        )
        with former_secrets.not_shown(ctx, data, when=former_secrets.are_replaced(ctx, before, after)):
            published = publish.update(ctx, client, data, planned, workflow, inputs, storage)
        private_state.remember_publish(ctx, published.version)
        self._remember_time(ctx, workflow.slug, is_created=False)
        self._remember_credential(ctx, workflow.slug, inputs)
        state: AppState = {
            **planned,
            **read.returned_attributes(workflow, planned),
            "version": published.version,
            "published_version": published.version,
            ASSET_CONNECTION: publish.published_connection(planned[ASSET_CONNECTION], inputs.get(CONNECTION)),
            "credential_guid": read.known_value(planned["credential_guid"]),
        }
        ctx.save(state)
        return self._read_back(ctx, state, is_created=False) if planned["credential_guid"] is Unknown else state

    def _read_back(self, ctx: Context[AppState], written: AppState, *, is_created: bool) -> AppState:
        """Return a published state with the owner and the credential's guid, which a publish does not return.

        Also record the state as read if it equals the answer. If the workflow cannot be read, warn and return the state
        unchanged.
        """
        slug, client = written["slug"], self.provider_data.client

        def get() -> Workflow:
            return client.with_timeout(_OPTIONAL_SECONDS).get_workflow(slug)

        try:
            workflow = self._until_found(ctx, written, get, _OPTIONAL_SECONDS)
        except AtlanError as error:
            with former_secrets.not_shown(ctx, self.provider_data, when=not is_created):
                text = errors.error_text(ctx, error)
            ctx.warn(
                f"The owner and credential of {slug} are not known yet",
                "The workflow was published and is in state, but it could not be read. The next plan reads both values."
                f"\n\n{text}",
            )
            return written
        state: AppState = {**written, "owner": workflow.owner}
        if ctx.config["credential_guid"] is None:
            state["credential_guid"] = credential_guid(workflow.inputs or {})
        read.remember_if_equal(ctx, workflow, state)
        return state

    def _remember_time(self, ctx: Context[AppState], slug: str, *, is_created: bool) -> None:
        """Record a publish now, for this process and for later ones."""
        private_state.remember_publish_time(ctx, time.time(), is_created=is_created)
        self._recall_time(ctx, slug)

    def _remember_credential(self, ctx: Context[AppState], slug: str, inputs: Mapping[str, Known]) -> None:
        """Record whether a publish has sent the credential: its name for later processes, the slug for this one."""
        if CREDENTIAL in inputs:
            own_credential.remember_name(ctx)
            credential_extra.remember_sent(ctx)
            self.provider_data.add_sent_credential(slug)

    def _recall_time(self, ctx: Context[AppState], slug: str) -> None:
        """Record for this process the last publish that private state contains."""
        published_at = private_state.published_at(ctx)
        if published_at is not None:
            self.provider_data.absence.add_publish(slug, published_at, private_state.created_at(ctx))

    def _until_found(
        self, ctx: Context[AppState], state: AppState, request: Callable[[], T], seconds: float = FRESH_SECONDS
    ) -> T:
        """Return the result of a request about a workflow. After a 404, it may be sent again for ``seconds``."""
        absence = self.provider_data.absence
        return absence.until_found(state["slug"], request, ctx.stop, name=state["name"], seconds=seconds)

    def _client(self, configured: dict[str, Value] | None, operation: str) -> AtlanApi:
        """Return the client, limited to the operation's timeout. ``configured`` is the attribute ``timeouts``."""
        return self.provider_data.client.with_timeout(timeouts.seconds({timeouts.NAME: configured}, operation))


def _names(planned: AppState) -> WorkflowNames:
    return WorkflowNames(planned["app_id"], planned["name"])
