"""``atlan_app``: the definition of an app workflow. It never runs anything."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from provider import lookup
from provider.client.errors import AtlanError, BadRequest, NotFound, UnknownEntrypoint
from provider.client.redaction import of_credential
from provider.contracts.schema import Contract
from provider.framework import (
    GONE,
    Context,
    Finding,
    Gone,
    MoveSource,
    PlanContext,
    Resource,
    State,
    Unknown,
    UserError,
    timeouts,
)
from provider.model import inputs
from provider.refresh import UNCHANGED
from provider.resources.app import (
    adopt,
    check_inputs,
    error_paths,
    import_state,
    leave_connection,
    move_state,
    plan,
    plan_connection,
    private_state,
    publish,
    read,
    validate,
)
from provider.resources.app.schema import SCHEMA

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.client.responses import Workflow
    from provider.provider_data import ProviderData

# How long is waited for what an operation can do without.
_OPTIONAL_SECONDS: Final = 15.0


class AppResource(Resource[State]):
    """A workflow, by its slug. Private state holds the version that was last published from here."""

    name = "app"
    schema = SCHEMA
    private_shapes = private_state.SHAPES
    provider_data: ProviderData

    def check_config(self, config: State) -> Iterable[Finding]:
        return validate.check(config)

    def plan(self, ctx: PlanContext[State], current: State | None, planned: State | None) -> State | None:
        if planned is None:
            if current is not None:
                leave_connection.warn_destroy(ctx, current)
            return None
        planned = self._plan_create(ctx, planned) if current is None else _plan_update(ctx, current, planned)
        if self._checks(ctx, current, planned):
            check_inputs.check(
                ctx,
                self.provider_data.contracts,
                current,
                planned,
                lambda: self._kept(ctx, current),
                self._redacted(ctx),
            )
        return planned

    def _plan_create(self, ctx: PlanContext[State], planned: State) -> State:
        if not self.provider_data.is_known:
            ctx.warn(
                "Planned without the tenant",
                "The provider's settings are not known yet, so nothing of this workflow could be checked.",
            )
        elif planned["adopt_existing"] and isinstance(planned["name"], str):
            adopt.warn(ctx, self.provider_data.client, planned)
        return plan_connection.plan_create(ctx.config, planned)

    def _checks(self, ctx: PlanContext[State], current: State | None, planned: State) -> bool:
        """Whether the plan publishes; a replacement is planned, and checked, once more as a create."""
        if not self.provider_data.validates_inputs:
            return False
        return current is None or (not ctx.requires_replace and plan.publishes(current, planned))

    def _kept(self, ctx: PlanContext[State], current: State | None) -> Collection[str] | None:
        """The inputs that an update leaves on the workflow beside the configured ones; None where that is not known."""
        if current is None:
            return []
        try:
            remote = self._api(ctx, current, "read").get_workflow(current["slug"])
        except AtlanError:
            return None
        return publish.kept(ctx, current, remote)

    def create(self, ctx: Context[State], planned: State) -> State:
        api = self._api(ctx, planned, "create")
        payload = publish.for_create(ctx, api, planned, self._contract(ctx, planned))
        named = {name: planned[name] for name in ("app_id", "name", "entrypoint")}
        try:
            with error_paths.on_attributes(ctx.config):
                created, lost = lookup.create(api, **named, inputs=payload)
        except lookup.NameTakenError as taken:
            if not planned["adopt_existing"]:
                raise
            return self._adopt(ctx, api, planned, taken.slugs)
        if lost is not None:
            ctx.warn(
                f"{created.slug} was taken up",
                f"The create ended without an answer that tells, and a workflow of that name with these very inputs "
                f"was found. Should somebody else manage it, remove it from this state.\n\n{lost}",
            )
        state = {
            **planned,
            "id": created.slug,
            "slug": created.slug,
            "connection": publish.connection_of(planned, payload),
            "credential_guid": read.known_value(planned["credential_guid"]),
            "version": created.version,
            "execution_mode": created.execution_mode,
            "owner": None,
        }
        private_state.remember(ctx, created.version)
        ctx.save(state)
        return self._read_back(ctx, created.slug, state)

    def _read_back(self, ctx: Context[State], slug: str, known: State) -> State:
        """State with what a publish does not tell: the owner and the credential's guid. It fails nothing."""
        try:
            app = self._hiding(ctx).within(_OPTIONAL_SECONDS).get_workflow(slug)
        except AtlanError as error:
            ctx.warn(
                f"The owner and credential of {slug} are not known yet",
                "The workflow was published and is in state; reading it back failed. The next plan reads them."
                f"\n\n{error}",
            )
            return known
        guid = inputs.credential_guid(app.inputs or {})
        given = ctx.config["credential_guid"] is not None
        state = {**known, "owner": app.owner, "credential_guid": known["credential_guid"] if given else guid}
        read.confirm(ctx, app, state)
        return state

    def read(self, ctx: Context[State], current: State) -> State | Gone:
        slug = current["slug"]
        try:
            app = self.provider_data.refresh.read(
                slug, lambda: self._api(ctx, current, "read").get_workflow(slug), read.proof(ctx, current)
            )
        except NotFound:
            return GONE
        if app is UNCHANGED:
            return current
        if move_state.is_unread(ctx, current):
            return move_state.read(ctx, self.provider_data.client, self.provider_data.contracts, app, current)
        return read.read(ctx, app, current)

    def update(self, ctx: Context[State], current: State, planned: State) -> State:
        private_state.forget_read(ctx)
        if not plan.publishes(current, planned):
            return planned
        slug = current["slug"]
        api = self._api(ctx, planned, "update")
        try:
            return self._publish(ctx, api, api.get_workflow(slug), current, planned)
        except NotFound as error:
            raise UserError(
                f"{slug} is gone",
                f"The workflow was removed since it was planned. Plan again to create it anew.\n\n{error}",
            ) from error

    def _adopt(self, ctx: Context[State], api: AtlanApi, planned: State, slugs: Sequence[str]) -> State:
        remote = adopt.find(api, planned, slugs)
        current, planned = adopt.as_current(remote, planned)
        return self._publish(ctx, api, remote, current, {**planned, "id": remote.slug, "slug": remote.slug})

    def _publish(self, ctx: Context[State], api: AtlanApi, remote: Workflow, current: State, planned: State) -> State:
        payload = publish.for_update(ctx, api, current, planned, remote, self._contract(ctx, planned))
        with error_paths.on_attributes(ctx.config):
            published = lookup.update(
                api, slug=remote.slug, app_id=planned["app_id"], entrypoint=planned["entrypoint"], inputs=payload
            )
        private_state.remember(ctx, published.version)
        state = {
            **planned,
            **read.told_by(remote, planned),
            "version": published.version,
            "connection": publish.connection_of(planned, payload),
            "credential_guid": read.known_value(planned["credential_guid"]),
        }
        ctx.save(state)
        return self._read_back(ctx, remote.slug, state) if planned["credential_guid"] is Unknown else state

    def delete(self, ctx: Context[State], current: State) -> None:
        slug = current["slug"]
        try:
            answer = self._api(ctx, current, "delete").delete_workflow(slug)
        except NotFound:
            return
        leave_connection.warn_replaced(ctx, current)
        if not answer.archived:
            raise UserError(
                f"{slug} was not archived",
                "The service took the request and answered that it archived nothing. Apply again; if it stays so, "
                "archive it in the web UI.",
            )

    def import_(self, ctx: Context[State], id: str) -> State:  # noqa: A002 - tf's name for it
        """Import by slug, or by ``name:<name>``."""
        return import_state.import_(ctx, self.provider_data.client, self.provider_data.contracts, id)

    def move(self, ctx: Context[State], source: MoveSource) -> State:
        return move_state.move(ctx, source)

    def _contract(self, ctx: Context[State], state: State) -> Contract | None:
        """The contract, where it can be had: it decides the form of JSON inputs, and the service checks the rest."""
        try:
            return self.provider_data.contracts.fetch(state["app_id"], state["entrypoint"], seconds=_OPTIONAL_SECONDS)
        except (BadRequest, NotFound, UnknownEntrypoint):
            return None
        except AtlanError as error:
            why = self._redacted(ctx)(str(error))
            ctx.warn(
                f"The input contract of {state['app_id']} could not be read",
                f"Inputs that hold JSON travel as they are written, as an object or as text.\n\n{why}",
            )
            return None

    def _api(self, ctx: Context[State], state: State, operation: str) -> AtlanApi:
        """The tenant, within the operation's time, and with no write-only value in any error."""
        return self._hiding(ctx).within(timeouts.seconds(state, operation))

    def _hiding(self, ctx: Context[State]) -> AtlanApi:
        return self.provider_data.client.hiding(
            of_credential(ctx.config.get("credential_wo")), ctx.config.get("inputs_wo")
        )

    def _redacted(self, ctx: Context[State]) -> Callable[[str], str]:
        """Of the text of an error that another view of the tenant raised: the same without a write-only value."""
        return lambda text: self._hiding(ctx).redacted(text)


def _plan_update(ctx: PlanContext[State], current: State, planned: State) -> State:
    move_state.check_plan(ctx, current)
    private_state.expect_write_only(ctx)
    leave_connection.warn_replace(ctx, current)
    import_state.warn_kept(ctx, current, planned)
    return plan.plan_update(ctx, current, planned)
