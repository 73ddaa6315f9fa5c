"""``atlan_app``: the definition of an app workflow. It never runs anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tf.types import Unknown
from tf.utils import Diagnostics

from provider import identifiers, inputs, workflows
from provider.client.errors import AtlanError, BadRequest, NotFound
from provider.contracts import Contract
from provider.plugin import timeouts
from provider.plugin.codec import same
from provider.plugin.resource import Context, PlanContext, Problem, Resource, State
from provider.plugin.schema import DYNAMIC, NUMBER, STRING, Attribute, Schema

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.client.models import App
    from provider.provider import AtlanProvider

TYPE: Final = "atlan_app"

_PUBLISHED: Final = ("inputs", "entrypoint")
_COMPUTED: Final = ("version", "owner", "execution_mode")
_BY_NAME: Final = "name:"
# How long is waited for what an operation can do without.
_OPTIONAL_SECONDS: Final = 15.0

_SCHEMA: Final = Schema(
    [
        Attribute("id", STRING, computed=True, keep=True, description="The same as `slug`."),
        Attribute(
            "slug",
            STRING,
            computed=True,
            keep=True,
            description="The workflow's identity, minted by the service from the name plus a suffix.",
        ),
        Attribute(
            "app_id",
            STRING,
            required=True,
            requires_replace=True,
            description="The app that the workflow runs, such as `bigquery-crawler`. A change replaces the workflow.",
        ),
        Attribute(
            "name",
            STRING,
            required=True,
            requires_replace=True,
            description="The workflow's label, unique on the tenant. The service has no rename: a change replaces the "
            "workflow.",
        ),
        Attribute(
            "entrypoint",
            STRING,
            optional=True,
            description="The operation of the app that the workflow runs, where the app has several. Unset: the "
            "app's default. The service does not tell it, so an import leaves it unset.",
        ),
        Attribute(
            "inputs",
            DYNAMIC,
            optional=True,
            description="The values that the app's input contract asks for, an object. Only the keys written here are "
            "managed: what the service or the web UI adds stays as it is. An input that takes JSON text may be written "
            "as an object.",
        ),
        Attribute(
            "version",
            NUMBER,
            computed=True,
            description="The published version, minted by the service for each publish.",
        ),
        Attribute("owner", STRING, computed=True, keep=True, description="The user that owns the workflow."),
        Attribute(
            "execution_mode",
            STRING,
            computed=True,
            keep=True,
            description="How the service executes the workflow, such as `native`.",
        ),
        timeouts.attribute(["create", "read", "update", "delete"]),
    ],
    description="An Atlan app workflow: a crawler, a miner or an enrichment job. It defines the workflow and publishes "
    "a new version whenever its inputs change; it never runs it.",
)


class AppResource(Resource):
    """A workflow, by its slug. Private state holds the version that was last published from here."""

    def __init__(self, provider: AtlanProvider) -> None:
        self.provider = provider

    @classmethod
    def get_name(cls) -> str:
        return "app"

    @classmethod
    def get_schema(cls) -> Schema:
        return _SCHEMA

    def validate(self, diags: Diagnostics, type_name: str, config: State) -> None:
        """Check the forms that need no contract."""
        for problem in identifiers.check(config, "app_id", "bigquery-crawler"):
            diags.add_error(problem.summary, problem.detail, path=problem.path)
        for name in ("name", "entrypoint"):
            if config[name] == "":
                advice = "Leave it out for the app's default." if name == "entrypoint" else "Give it a value."
                diags.add_error(f"{name} is empty", f"The service refuses an empty {name}. {advice}", path=[name])
        if config["inputs"] is not None and not isinstance(config["inputs"], dict | type(Unknown)):
            diags.add_error(
                "inputs is not an object",
                "Write it as an object of the inputs that the app's contract names, such as "
                "inputs = { connection = … }, and not as its JSON text.",
                path=["inputs"],
            )
        for problem in timeouts.check(config):
            diags.add_error(problem.summary, problem.detail, path=problem.path)

    def plan(self, ctx: PlanContext, current: State | None, planned: State | None) -> State | None:
        """Keep the prior inputs where the configured ones mean the same; publish nothing for a change of timeouts."""
        if current is None and not self.provider.is_known:
            ctx.warn(
                "Planned without the tenant",
                "The provider's settings are not known yet, so nothing of this workflow could be checked.",
            )
        if current is None or planned is None:
            return planned
        if _mean_the_same(planned["inputs"], current["inputs"]):
            planned = {**planned, "inputs": current["inputs"]}
        if _publishes(current, planned):
            return planned
        return {**planned, **{name: current[name] for name in _COMPUTED}}

    def create(self, ctx: Context, planned: State) -> State:
        payload = inputs.to_create(planned["inputs"] or {}, self._contract(ctx, planned))
        created, lost = workflows.create(
            self._api(planned, "create"),
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
            "version": created.version,
            "execution_mode": created.execution_mode,
            "owner": None,
        }
        ctx.private["version"] = created.version
        ctx.save(state)
        return {**state, "owner": self._read_owner(ctx, created.slug)}

    def _read_owner(self, ctx: Context, slug: str) -> str | None:
        """The owner of a new workflow, which a create does not tell. Not knowing it fails nothing."""
        try:
            return self.provider.api.within(_OPTIONAL_SECONDS).get_app(slug).owner
        except AtlanError as error:
            ctx.warn(
                f"The owner of {slug} is not known yet",
                f"The workflow was created and is in state; reading it back failed. The next plan reads it.\n\n{error}",
            )
            return None

    def read(self, ctx: Context, current: State) -> State | None:
        if not self.provider.is_known:
            ctx.warn(
                "Not refreshed",
                "The provider's settings are not known yet, so the workflow was not read. Its state stands as it was.",
            )
            return current
        try:
            app = self._api(current, "read").get_app(current["slug"])
        except NotFound:
            return None
        state = {**current, **_told_by(app, current)}
        if current["inputs"] is None:
            return state
        return {**state, "inputs": self._read_inputs(ctx, app, current["inputs"])}

    def _read_inputs(self, ctx: Context, app: App, configured: inputs.Inputs) -> inputs.Inputs | None:
        if app.inputs is not None:
            return inputs.overlay(configured, app.inputs)
        if app.version == ctx.private.get("version"):
            return configured
        ctx.warn(
            f"The inputs of {app.slug} may have changed",
            "Another version than the one last published here is live, and the service does not show its inputs. "
            "They are planned to be published again.",
        )
        return None

    def update(self, ctx: Context, current: State, planned: State) -> State:
        if not _publishes(current, planned):
            return planned
        slug = current["slug"]
        contract = self._contract(ctx, planned)
        api = self._api(planned, "update")
        try:
            remote = api.get_app(slug)
            published = workflows.update(
                api,
                slug=slug,
                app_id=planned["app_id"],
                entrypoint=planned["entrypoint"],
                inputs=self._to_publish(ctx, current, planned, remote, contract),
            )
        except NotFound as error:
            raise Problem(
                f"{slug} is gone",
                f"The workflow was removed since it was planned. Plan again to create it anew.\n\n{error}",
            ) from error
        ctx.private["version"] = published.version
        return {**planned, **_told_by(remote, planned), "version": published.version}

    @staticmethod
    def _to_publish(
        ctx: Context, current: State, planned: State, remote: App, contract: Contract | None
    ) -> inputs.Inputs:
        configured = planned["inputs"] or {}
        if remote.inputs is None:
            ctx.warn(
                f"The service does not show the inputs of {remote.slug}",
                "What is configured is published alone: inputs that somebody set in the web UI and that are not in "
                "the configuration would be missing from the new version.",
            )
        return inputs.to_update(configured, current["inputs"] or {}, remote.inputs or {}, contract)

    def delete(self, ctx: Context, current: State) -> None:
        slug = current["slug"]
        try:
            answer = self._api(current, "delete").delete_app(slug)
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
        state: State = dict.fromkeys(_SCHEMA.by_name)
        state |= {"app_id": app.app_id, "name": app.name, **_told_by(app, state)}
        state |= {"id": app.slug, "slug": app.slug, "inputs": self._import_inputs(ctx, app)}
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

    def _api(self, state: State, operation: str) -> AtlanApi:
        return self.provider.api.within(timeouts.seconds(state, operation))


def _publishes(current: State, planned: State) -> bool:
    return not all(same(current[name], planned[name]) for name in _PUBLISHED)


def _mean_the_same(planned: Any, current: Any) -> bool:
    return isinstance(planned, dict) and isinstance(current, dict) and inputs.equal(planned, current)


def _told_by(app: App, known: State) -> State:
    """What the service tells of a workflow; what it leaves out stays as it was known."""
    return {
        "version": app.version if app.version is not None else known["version"],
        "owner": app.owner or _known(known["owner"]),
        "execution_mode": app.execution_mode or _known(known["execution_mode"]),
    }


def _known(value: Any) -> Any:
    return None if value is Unknown else value
