"""``data.atlan_app``: a workflow that exists, by its slug or its name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from provider import lookup
from provider.client.errors import AtlanError, NotFound
from provider.contracts.candidates import candidate_contracts
from provider.contracts.schema import Contract
from provider.framework import (
    DYNAMIC,
    NUMBER,
    STRING,
    Attribute,
    Context,
    DataSource,
    Finding,
    Nested,
    Schema,
    State,
    Unknown,
    UserError,
    list_of,
)
from provider.model import connection, identifiers, inputs

if TYPE_CHECKING:
    from provider.client.responses import Workflow
    from provider.provider_data import ProviderData

_CONNECTION: Final = {
    "qualified_name": (STRING, "Its identity, `default/<connector>/<number>`."),
    "name": (STRING, "The label of the connection."),
    "connector_name": (STRING, "Its connector, such as `bigquery`."),
    "admin_users": (list_of(STRING), "The users who administer it, by name."),
    "admin_groups": (list_of(STRING), "The groups who administer it, by name."),
    "admin_roles": (list_of(STRING), "The guids of the roles that administer it."),
}
_SCHEDULE: Final = {
    "trigger_id": (STRING, "Its id: with the slug before it, what imports an `atlan_app_schedule`."),
    "cron": (STRING, "When it runs, a cron expression of five fields."),
    "timezone": (STRING, "The IANA timezone that the expression is read in."),
}


def _all_of(told: dict[str, tuple[Any, str]]) -> list[Attribute]:
    return [Attribute(name, kind, computed=True, description=text) for name, (kind, text) in told.items()]


_SCHEMA: Final = Schema(
    [
        Attribute(
            "slug",
            STRING,
            optional=True,
            computed=True,
            description="The workflow's identity, such as `bigquery-prod-AbC123`. Give this or `name`.",
        ),
        Attribute(
            "name",
            STRING,
            optional=True,
            computed=True,
            description="The workflow's label, exactly as it is written. Give this or `slug`.",
        ),
        Attribute("app_id", STRING, computed=True, description="The app that it runs, such as `bigquery-crawler`."),
        Attribute("version", NUMBER, computed=True, description="The version that is published now, a whole number."),
        Attribute("owner", STRING, computed=True, description="The user that owns it."),
        Attribute("execution_mode", STRING, computed=True, description="How it is executed, such as `native`."),
        Attribute(
            "inputs",
            DYNAMIC,
            computed=True,
            description="Its inputs as `atlan_app` takes them, an object; null where the tenant hides them. Left out "
            "are what has an attribute of its own here, what the service adds, nulls, and what may hold secrets "
            "(`agent_json`, and what the contract marks as write-only or a password).",
        ),
        Attribute(
            "connection",
            nested=Nested("SINGLE", _all_of(_CONNECTION)),
            computed=True,
            description="The connection that its assets belong to; null where the tenant hides inputs.",
        ),
        Attribute(
            "credential_guid",
            STRING,
            computed=True,
            description="The guid of its vaulted credential; null where it has none or the tenant hides inputs.",
        ),
        Attribute(
            "schedules",
            nested=Nested("LIST", _all_of(_SCHEDULE)),
            computed=True,
            description="The schedules attached to it; null where the tenant lists none, which many do not.",
        ),
    ],
    description="A workflow that exists, by its slug or its name: its app, its version and what it is published with.",
)


class AppDataSource(DataSource[State]):
    """A workflow. Source: ``GET v1/app/{slug}``."""

    name = "app"
    schema = _SCHEMA
    provider_data: ProviderData

    def check_config(self, config: State) -> Iterable[Finding]:
        yield from _which(config)
        yield from identifiers.check(config, "slug", "bigquery-prod-AbC123")

    def read(self, ctx: Context[State], config: State) -> State:
        for problem in _which(config):
            raise UserError.of(problem)
        app = self._find(config["slug"], config["name"])
        attributes = inputs.connection_attributes((app.inputs or {}).get(inputs.CONNECTION))
        return {
            "slug": app.slug,
            "name": app.name if config["name"] is None else config["name"],
            "app_id": app.app_id,
            "version": app.version,
            "owner": app.owner,
            "execution_mode": app.execution_mode,
            "inputs": self._inputs(ctx, app),
            "connection": connection.from_wire(attributes) if attributes else None,
            "credential_guid": inputs.credential_guid(app.inputs or {}),
            "schedules": _schedules(app),
        }

    def _find(self, slug: str | None, name: str | None) -> Workflow:
        slug = slug or lookup.slug_of_name(self.provider_data.client, name or "", ["name"])
        try:
            return self.provider_data.client.get_workflow(slug)
        except NotFound as error:
            raise UserError(
                f"There is no workflow with the slug {slug}",
                f"It may be archived, mistyped or on another tenant. To look it up by its label, give name instead."
                f"\n\n{error}",
                ["slug" if name is None else "name"],
            ) from error

    def _inputs(self, ctx: Context[State], app: Workflow) -> inputs.Inputs | None:
        if app.inputs is None:
            _warn_hidden(ctx, app, "The service does not show them.")
            return None
        if app.app_id is None:
            _warn_hidden(ctx, app, "The service does not tell its app, whose contract says which of them are secret.")
            return None
        held = inputs.readable(app.inputs)
        try:
            contracts = self._contracts(app, held)
        except AtlanError as error:
            _warn_hidden(ctx, app, f"The contract that says which of them are secret could not be read.\n\n{error}")
            return None
        secret = [
            name
            for name, value in held.items()
            if any(inputs.is_secret(name, value, each) for each in (None, *contracts))
        ]
        named = [name for name in secret if held[name]]
        if named:
            ctx.warn(
                f"Not shown of {app.slug}: {', '.join(named)}",
                "It may hold secrets, and a data source is stored in state.",
            )
        return {name: value for name, value in held.items() if name not in secret}

    def _contracts(self, app: Workflow, held: inputs.Inputs) -> list[Contract]:
        app_id = app.app_id or ""
        return candidate_contracts(self.provider_data.contracts, app_id, held, lambda: self._entrypoints(app_id))

    def _entrypoints(self, app_id: str) -> list[str]:
        try:
            return self.provider_data.client.describe_app(app_id).entrypoints
        except NotFound:
            return []


def _which(config: State) -> list[Finding]:
    """What is wrong with how the workflow is named, as far as that is known."""
    given = [name for name in ("slug", "name") if config[name] is not None]
    if len(given) == 2 and Unknown not in (config["slug"], config["name"]):
        return [Finding("slug and name are both given", "Either of them names the workflow. Leave one out.", ["name"])]
    if not given:
        return [Finding("Neither slug nor name is given", "Give one of them to say which workflow is meant.")]
    if config["name"] == "":
        return [Finding("name is empty", "Give the workflow's label as it is written.", ["name"])]
    return []


def _warn_hidden(ctx: Context[State], app: Workflow, why: str) -> None:
    ctx.warn(f"The inputs of {app.slug} are not known", f"{why} Its inputs are null here.")


def _schedules(app: Workflow) -> list[State] | None:
    if app.schedules is None:
        return None
    return [{name: getattr(each, name) for name in _SCHEDULE} for each in app.schedules]
