"""``data.atlan_app``: an existing workflow, by its slug or its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, TypedDict

from provider import errors, lookup
from provider.client.errors import AtlanError, NotFound
from provider.framework import (
    DYNAMIC,
    STRING,
    Attribute,
    Context,
    DataSource,
    Nested,
    Schema,
    TfType,
    Value,
    list_of,
    validators,
)
from provider.model import connection, identifiers, inputs
from provider.model.attributes import WORKFLOW_APP_ID, WORKFLOW_OWNER, WORKFLOW_VERSION
from provider.model.connection import ASSET_CONNECTION
from provider.model.normal_form import inputs_with_equal_keys, is_normalized

if TYPE_CHECKING:
    from provider.client.responses import Workflow
    from provider.contracts.schema import Contract
    from provider.provider_data import ProviderData

_CONNECTION_ATTRIBUTES: Final = {
    "qualified_name": (STRING, "The connection's qualified name, `default/<connector>/<number>`."),
    "name": (STRING, "The label of the connection."),
    "connector_name": (STRING, "The connection's connector, such as `bigquery`."),
    "admin_users": (list_of(STRING), "The names of the users who administer the connection."),
    "admin_groups": (list_of(STRING), "The names of the groups that administer the connection."),
    "admin_roles": (list_of(STRING), "The guids of the roles that administer the connection."),
}
_SCHEDULE_ATTRIBUTES: Final = {
    "trigger_id": (
        STRING,
        "The schedule's id. The import id of an `atlan_app_schedule` is the slug, a slash and this id.",
    ),
    "cron": (STRING, "The times of the schedule's runs, a cron expression of five fields."),
    "timezone": (STRING, "The IANA timezone of the cron expression."),
}


def _computed_attributes(attributes: Mapping[str, tuple[TfType, str]]) -> list[Attribute]:
    return [Attribute(name, kind, computed=True, description=text) for name, (kind, text) in attributes.items()]


_SCHEMA: Final = Schema(
    [
        Attribute(
            "slug",
            STRING,
            optional=True,
            computed=True,
            validators=[identifiers.usable("bigquery-prod-AbC123")],
            description="The workflow's slug, such as `bigquery-prod-AbC123`. Set this or `name`.",
        ),
        Attribute(
            "name",
            STRING,
            optional=True,
            computed=True,
            validators=[validators.not_empty("Set it to the workflow's exact label.")],
            description="The workflow's exact label. Set this or `slug`.",
        ),
        WORKFLOW_APP_ID,
        WORKFLOW_VERSION,
        WORKFLOW_OWNER,
        Attribute(
            "execution_mode", STRING, computed=True, description="The workflow's execution mode, such as `native`."
        ),
        Attribute(
            "inputs",
            DYNAMIC,
            computed=True,
            description="The workflow's inputs in the form of `atlan_app.inputs`, an object. It is null if the tenant "
            "hides inputs. It does not contain values of other attributes of this data source, values that the "
            "service adds, nulls, and values that may contain secrets (`agent_json`, and inputs that the contract "
            "marks as write-only or as a password).",
        ),
        Attribute(
            ASSET_CONNECTION,
            nested=Nested("SINGLE", _computed_attributes(_CONNECTION_ATTRIBUTES)),
            computed=True,
            description="The connection of the workflow's assets. It is null if the tenant hides inputs.",
        ),
        Attribute(
            "credential_guid",
            STRING,
            computed=True,
            description="The guid of the workflow's credential. It is null if the workflow has no credential, or if "
            "the tenant hides inputs.",
        ),
        Attribute(
            "schedules",
            nested=Nested("LIST", _computed_attributes(_SCHEDULE_ATTRIBUTES)),
            computed=True,
            description="The workflow's schedules. It is null if the tenant does not list schedules. Many tenants do "
            "not list them.",
        ),
    ],
    validators=[validators.exactly_one_of("slug", "name")],
    description="Reads an existing workflow by its slug or its name: the workflow's app, version and inputs.",
)


class AppSchedule(TypedDict):
    """The attributes of a schedule of a workflow."""

    trigger_id: str
    cron: str | None
    timezone: str | None


class AppData(TypedDict):
    """The attributes of a workflow."""

    slug: str | None
    name: str | None
    app_id: str | None
    version: int | None
    owner: str | None
    execution_mode: str | None
    inputs: inputs.Inputs | None
    asset_connection: connection.Connection | None
    credential_guid: str | None
    schedules: list[AppSchedule] | None


class AppDataSource(DataSource[AppData]):
    """The data source for a workflow. Source: ``GET v1/app/{slug}``."""

    name = "app"
    schema = _SCHEMA
    provider_data: ProviderData

    def read(self, ctx: Context[AppData], config: AppData) -> AppData:
        workflow = self._find(ctx, config["slug"], config["name"])
        remote = workflow.inputs or {}
        return {
            "slug": workflow.slug,
            "name": workflow.name if config["name"] is None else config["name"],
            "app_id": workflow.app_id,
            "version": workflow.version,
            "owner": workflow.owner,
            "execution_mode": workflow.execution_mode,
            "inputs": self._inputs(ctx, workflow),
            ASSET_CONNECTION: connection.of_workflow(None, remote.get(inputs.CONNECTION)),
            "credential_guid": inputs.credential_guid(remote),
            "schedules": _schedules(workflow),
        }

    def _find(self, ctx: Context[AppData], slug: str | None, name: str | None) -> Workflow:
        client = self.provider_data.client
        slug = slug or lookup.slug_of_name(client, name or "", ["name"])
        try:
            return self.provider_data.absence.until_found(slug, lambda: client.get_workflow(slug), ctx.stop, name=name)
        except NotFound as error:
            advice = f"{errors.MISSING_REASON} To find it by its label, set name instead."
            raise errors.no_workflow(slug, advice, str(error), ["slug" if name is None else "name"]) from error

    def _inputs(self, ctx: Context[AppData], workflow: Workflow) -> inputs.Inputs | None:
        """Return the inputs without those that may contain secrets, and warn about the ones that are left out.

        If the inputs or their contract cannot be read, warn and return None.
        """
        if workflow.inputs is None:
            _warn_hidden(ctx, workflow, "The service does not return the inputs.")
            return None
        if workflow.app_id is None:
            reason = "The service does not return the workflow's app, whose contract says which inputs are secret."
            _warn_hidden(ctx, workflow, reason)
            return None
        _warn_equal_keys(ctx, workflow, workflow.inputs)
        readable = inputs.readable(workflow.inputs)
        try:
            contracts = self._contracts(workflow.app_id, readable)
        except AtlanError as error:
            if error.is_setup_error:
                raise
            reason = f"The contract that says which inputs are secret could not be read.\n\n{error}"
            _warn_hidden(ctx, workflow, reason)
            return None
        secret = [name for name, value in readable.items() if _is_secret(name, value, contracts)]
        _warn_secret(ctx, workflow, [name for name in secret if readable[name]])
        return {name: value for name, value in readable.items() if name not in secret}

    def _contracts(self, app_id: str, readable: inputs.Inputs) -> list[Contract]:
        # Imported here, because a launch that only answers the schema does not need it.
        from provider.contracts.candidates import candidate_contracts

        return candidate_contracts(self.provider_data.contracts, app_id, readable, lambda: self._entrypoints(app_id))

    def _entrypoints(self, app_id: str) -> list[str]:
        try:
            return self.provider_data.client.describe_app(app_id).entrypoints
        except NotFound:
            return []


def _is_secret(name: str, value: Value, contracts: list[Contract]) -> bool:
    """Return True if an input may contain a secret, by its name, its value or a contract."""
    return any(inputs.is_secret(name, value, each) for each in (None, *contracts))


def _warn_secret(ctx: Context[AppData], workflow: Workflow, names: list[str]) -> None:
    if names:
        ctx.warn(
            f"Inputs of {workflow.slug} that are not shown: {', '.join(names)}",
            "These inputs may contain secrets, and state contains all values of a data source.",
        )


def _warn_equal_keys(ctx: Context[AppData], workflow: Workflow, remote: Mapping[str, Value]) -> None:
    names = [] if is_normalized(remote) else inputs_with_equal_keys(remote)
    if names:
        ctx.warn(
            f"{workflow.slug} has two keys that are one in Terraform: {', '.join(names)}",
            "Terraform keeps all text in Unicode NFC and cannot distinguish the keys, so both are left out.",
        )


def _warn_hidden(ctx: Context[AppData], workflow: Workflow, reason: str) -> None:
    ctx.warn(f"The inputs of {workflow.slug} are not known", f"{reason} The attribute inputs is null.")


def _schedules(workflow: Workflow) -> list[AppSchedule] | None:
    if workflow.schedules is None:
        return None
    return [
        {"trigger_id": each.trigger_id, "cron": each.cron, "timezone": each.timezone} for each in workflow.schedules
    ]
