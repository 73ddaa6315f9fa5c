"""``atlan_app``: the definition of an app workflow. It never runs anything."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from tf.types import Unknown
from tf.utils import Diagnostics

from provider import connections, credentials, identifiers, inputs, workflows
from provider.apps import checks, planning
from provider.apps.schema import SCHEMA
from provider.client.errors import AtlanError, BadRequest, NotFound
from provider.contracts import Contract
from provider.plugin import timeouts
from provider.plugin.resource import Context, PlanContext, Problem, Resource, State
from provider.plugin.schema import Schema

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.client.models import App
    from provider.provider import AtlanProvider

TYPE: Final = "atlan_app"

_BY_NAME: Final = "name:"
_WRITE_ONLY: Final = "write_only_paths"
# How long is waited for what an operation can do without.
_OPTIONAL_SECONDS: Final = 15.0


class AppResource(Resource):
    """A workflow, by its slug. Private state holds the version that was last published from here."""

    def __init__(self, provider: AtlanProvider) -> None:
        self.provider = provider

    @classmethod
    def get_name(cls) -> str:
        return "app"

    @classmethod
    def get_schema(cls) -> Schema:
        return SCHEMA

    def validate(self, diags: Diagnostics, type_name: str, config: State) -> None:
        checks.check(config, diags)

    def plan(self, ctx: PlanContext, current: State | None, planned: State | None) -> State | None:
        if planned is None:
            return None
        if current is not None:
            _expect_write_only(ctx)
            return planning.plan_update(ctx.config, current, planned)
        if not self.provider.is_known:
            ctx.warn(
                "Planned without the tenant",
                "The provider's settings are not known yet, so nothing of this workflow could be checked.",
            )
        return planning.plan_create(ctx.config, planned)

    def create(self, ctx: Context, planned: State) -> State:
        sent = self._to_send(ctx, planned, {}, with_credential=True)
        payload = inputs.to_create(sent, self._contract(ctx, planned))
        created, lost = workflows.create(
            self._api(ctx, planned, "create"),
            app_id=planned["app_id"],
            name=planned["name"],
            entrypoint=planned["entrypoint"],
            inputs=payload,
        )
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
            "connection": _connection_sent(planned, payload),
            "credential_guid": _known(planned["credential_guid"]),
            "version": created.version,
            "execution_mode": created.execution_mode,
            "owner": None,
        }
        _remember(ctx, created.version)
        ctx.save(state)
        return {**state, **self._read_back(ctx, created.slug, state)}

    def _to_send(
        self, ctx: Context, planned: State, stored: connections.Attributes, *, with_credential: bool
    ) -> inputs.Inputs:
        """The configured inputs with those that are write-only, the connection and the credential in place.

        ``stored`` are the attributes of the connection that the workflow carries already.
        """
        sent: inputs.Inputs = inputs.merged(planned["inputs"] or {}, ctx.config["inputs_wo"] or {})
        wire = self._connection(ctx, planned, stored)
        if wire is not None:
            sent = {**sent, inputs.CONNECTION: wire}
            if sent.get("extraction_method") != "agent":
                sent = {inputs.CREDENTIAL_GUID: "", **sent}
        if ctx.config["credential_guid"] is not None:
            sent = {**sent, inputs.CREDENTIAL_GUID: planned["credential_guid"]}
        if with_credential and ctx.config["credential_wo"] is not None:
            sent = {**sent, inputs.CREDENTIAL: _credential(ctx, sent)}
        return sent

    def _connection(self, ctx: Context, planned: State, stored: connections.Attributes) -> dict[str, Any] | None:
        connection = planned["connection"]
        if not isinstance(connection, dict):
            return None
        qualified_name = _known(connection["qualified_name"])
        if qualified_name is None:
            connection = {**connection, "qualified_name": connections.mint(connection["connector_name"])}
        elif stored.get("qualifiedName") != qualified_name and planning.references(ctx.config):
            stored = self._read_connection(ctx, planned, qualified_name)
        return connections.to_wire(connection, stored)

    def _read_connection(self, ctx: Context, planned: State, qualified_name: str) -> connections.Attributes:
        """What the tenant has stored of a referenced connection. Not knowing it stops the apply."""
        try:
            found = self._api(ctx, planned, "read").get_connection(qualified_name)
        except AtlanError as error:
            raise Problem(
                f"The connection {qualified_name} could not be read",
                "It is referenced, and its stored name has to go along: a run without it would rename the connection. "
                f"Nothing was published.\n\n{error}",
                ["connection", "qualified_name"],
            ) from error
        return connections.stored_settings(found.attributes)

    def _read_back(self, ctx: Context, slug: str, known: State) -> State:
        """What a create or an update does not tell: the owner and the credential's guid. It fails nothing."""
        try:
            app = self.provider.api.within(_OPTIONAL_SECONDS).get_app(slug)
        except AtlanError as error:
            ctx.warn(
                f"The owner and credential of {slug} are not known yet",
                "The workflow was published and is in state; reading it back failed. The next plan reads them."
                f"\n\n{error}",
            )
            return {}
        guid = inputs.credential_guid(app.inputs or {})
        given = ctx.config["credential_guid"] is not None
        return {"owner": app.owner, "credential_guid": known["credential_guid"] if given else guid}

    def read(self, ctx: Context, current: State) -> State | None:
        if not self.provider.is_known:
            ctx.warn(
                "Not refreshed",
                "The provider's settings are not known yet, so the workflow was not read. Its state stands as it was.",
            )
            return current
        try:
            app = self._api(ctx, current, "read").get_app(current["slug"])
        except NotFound:
            return None
        state = {**current, **_told_by(app, current), **_told_by_inputs(app, current)}
        if current["inputs"] is None:
            return state
        return {**state, "inputs": self._read_inputs(ctx, app, current["inputs"])}

    def _read_inputs(self, ctx: Context, app: App, configured: inputs.Inputs) -> inputs.Inputs | None:
        if app.inputs is not None:
            return inputs.overlay(configured, inputs.without(app.inputs, ctx.private.get(_WRITE_ONLY, [])))
        if app.version == ctx.private.get("version"):
            return configured
        ctx.warn(
            f"The inputs of {app.slug} may have changed",
            "Another version than the one last published here is live, and the service does not show its inputs. "
            "They are planned to be published again.",
        )
        return None

    def update(self, ctx: Context, current: State, planned: State) -> State:
        if not planning.publishes(current, planned):
            return planned
        slug = current["slug"]
        contract = self._contract(ctx, planned)
        api = self._api(ctx, planned, "update")
        try:
            remote = api.get_app(slug)
            payload = self._to_publish(ctx, current, planned, remote, contract)
            published = workflows.update(
                api, slug=slug, app_id=planned["app_id"], entrypoint=planned["entrypoint"], inputs=payload
            )
        except NotFound as error:
            raise Problem(
                f"{slug} is gone",
                f"The workflow was removed since it was planned. Plan again to create it anew.\n\n{error}",
            ) from error
        _remember(ctx, published.version)
        state = {
            **planned,
            **_told_by(remote, planned),
            "version": published.version,
            "connection": _connection_sent(planned, payload),
            "credential_guid": _known(planned["credential_guid"]),
        }
        ctx.save(state)
        return {**state, **(self._read_back(ctx, slug, state) if planned["credential_guid"] is Unknown else {})}

    def _to_publish(
        self, ctx: Context, current: State, planned: State, remote: App, contract: Contract | None
    ) -> inputs.Inputs:
        if remote.inputs is None:
            ctx.warn(
                f"The service does not show the inputs of {remote.slug}",
                "What is configured is published alone: inputs that somebody set in the web UI and that are not in "
                "the configuration would be missing from the new version.",
            )
        shown = remote.inputs or {}
        stored = inputs.connection_attributes(shown.get(inputs.CONNECTION))
        sent = self._to_send(ctx, planned, stored, with_credential=planning.rotates(current, planned))
        left_write_only = dict.fromkeys(path[0] for path in ctx.private.get(_WRITE_ONLY, []) if path)
        return inputs.to_update(sent, {**left_write_only, **(current["inputs"] or {})}, shown, contract)

    def delete(self, ctx: Context, current: State) -> None:
        slug = current["slug"]
        try:
            answer = self._api(ctx, current, "delete").delete_app(slug)
        except NotFound:
            return
        if not answer.archived:
            raise Problem(
                f"{slug} was not archived",
                "The service took the request and answered that it archived nothing. Apply again; if it stays so, "
                "archive it in the web UI.",
            )

    def import_(self, ctx: Context, id: str) -> State:  # noqa: A002 - tf's name for it
        """Import by slug, or by ``name:<name>``."""
        api = self.provider.api
        slug = self._slug_of(api, id)
        try:
            app = api.get_app(slug)
        except NotFound as error:
            raise Problem(
                f"There is no workflow with the slug {slug}",
                f"It may be archived, mistyped or on another tenant. To import by name, write "
                f"{_BY_NAME}<name>.\n\n{error}",
            ) from error
        if app.app_id is None or app.name is None:
            raise Problem(
                f"{slug} cannot be imported",
                "The service does not tell its app or its name, and without them the next plan would replace it.",
            )
        state: State = dict.fromkeys(SCHEMA.by_name)
        state |= {"app_id": app.app_id, "name": app.name, **_told_by(app, state)}
        state |= {"id": app.slug, "slug": app.slug, "inputs": self._import_inputs(ctx, app)}
        attributes = inputs.connection_attributes((app.inputs or {}).get(inputs.CONNECTION))
        if attributes:
            state |= {"connection": connections.from_wire(attributes)}
        state |= {"credential_guid": inputs.credential_guid(app.inputs or {})}
        ctx.private["version"] = app.version
        return state

    def _slug_of(self, api: AtlanApi, import_id: str) -> str:
        if import_id.startswith(_BY_NAME):
            return workflows.slug_of_name(api, import_id.removeprefix(_BY_NAME))
        if not identifiers.is_usable(import_id):
            raise Problem(
                f'"{import_id}" is not an import id of {TYPE}',
                f"Give the workflow's slug, such as bigquery-prod-AbC123, or {_BY_NAME} and its name.",
            )
        return import_id

    def _import_inputs(self, ctx: Context, app: App) -> inputs.Inputs | None:
        if app.inputs is None:
            ctx.warn(
                f"The inputs of {app.slug} were not imported",
                "The service does not show them. The next apply publishes what is configured.",
            )
            return None
        contract = self._contract(ctx, {"app_id": app.app_id, "entrypoint": None})
        imported = inputs.to_import(app.inputs, contract)
        left_out = [name for name in imported if inputs.is_secret(name)]
        if left_out:
            ctx.warn(
                f"Not imported from {app.slug}: {', '.join(left_out)}",
                "It may hold secrets. The workflow keeps it as it is while it is not configured.",
            )
        return {name: value for name, value in imported.items() if name not in left_out}

    def _contract(self, ctx: Context, state: State) -> Contract | None:
        """The contract, where it can be had: it decides the form of JSON inputs, and the service checks the rest."""
        try:
            return self.provider.contracts.fetch(state["app_id"], state["entrypoint"], seconds=_OPTIONAL_SECONDS)
        except (BadRequest, NotFound):
            return None
        except AtlanError as error:
            ctx.warn(
                f"The input contract of {state['app_id']} could not be read",
                f"Inputs that hold JSON travel as they are written, as an object or as text.\n\n{error}",
            )
            return None

    def _api(self, ctx: Context, state: State, operation: str) -> AtlanApi:
        """The tenant, within the operation's time, and with no write-only value in any error."""
        secrets = ctx.config.get("credential_wo"), ctx.config.get("inputs_wo")
        return self.provider.api.within(timeouts.seconds(state, operation)).hiding(*secrets)


def _credential(ctx: Context, sent: inputs.Inputs) -> dict[str, Any]:
    """The body of the credential, named as the service's own clients name one."""
    body = credentials.body(ctx.config["credential_wo"])
    attributes = inputs.connection_attributes(sent.get(inputs.CONNECTION))
    return {"name": f"default-{attributes.get('connectorName', 'app')}-{int(time.time())}-0", **body}


def _connection_sent(planned: State, payload: inputs.Inputs) -> connections.Connection | None:
    connection = planned["connection"]
    if not isinstance(connection, dict):
        return None
    return connections.from_wire(inputs.connection_attributes(payload.get(inputs.CONNECTION)), connection)


def _expect_write_only(ctx: PlanContext) -> None:
    """Note the paths that a publish may leave behind, even one whose answer is lost: a read must strip them."""
    if isinstance(ctx.config["inputs_wo"], dict):
        known = ctx.private.get(_WRITE_ONLY, [])
        ctx.private[_WRITE_ONLY] = [
            *known,
            *(each for each in inputs.leaves(ctx.config["inputs_wo"]) if each not in known),
        ]


def _remember(ctx: Context, version: int | None) -> None:
    """Note what was published from here: the version, and the paths of write-only inputs (no values)."""
    ctx.private["version"] = version
    ctx.private[_WRITE_ONLY] = inputs.leaves(ctx.config["inputs_wo"]) if ctx.config["inputs_wo"] else []


def _told_by_inputs(app: App, known: State) -> State:
    """The connection and the credential's guid, where the service shows a workflow's inputs."""
    if app.inputs is None:
        return {}
    attributes = inputs.connection_attributes(app.inputs.get(inputs.CONNECTION))
    told: State = {"credential_guid": inputs.credential_guid(app.inputs)}
    if isinstance(known["connection"], dict) and attributes:
        told["connection"] = connections.from_wire(attributes, known["connection"])
    return told


def _told_by(app: App, known: State) -> State:
    """What the service tells of a workflow; what it leaves out stays as it was known."""
    return {
        "version": app.version if app.version is not None else known["version"],
        "owner": app.owner or _known(known["owner"]),
        "execution_mode": app.execution_mode or _known(known["execution_mode"]),
    }


def _known(value: Any) -> Any:
    return None if value is Unknown else value
