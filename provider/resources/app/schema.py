"""The schema of ``atlan_app``."""

from __future__ import annotations

from typing import Final

from provider.framework import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    Attribute,
    Schema,
    UnknownType,
    Value,
    timeouts,
    validators,
)
from provider.model import connection, credential, identifiers
from provider.model.published import Published
from provider.model.unknown_inputs import POLICIES


class AppState(Published):
    """The attributes of ``atlan_app``. In a plan, any value may be Unknown."""

    id: str
    slug: str
    name: str
    entrypoint: str | None
    inputs_wo_version: Value
    credential_wo_version: Value
    adopt_existing: bool | None
    adopted: bool | UnknownType | None
    unknown_inputs: str | UnknownType | None
    version: int | UnknownType | None
    published_version: int | UnknownType | None
    owner: str | UnknownType | None
    execution_mode: str | UnknownType | None
    timeouts: dict[str, Value] | None


SCHEMA: Final = Schema(
    [
        Attribute("id", STRING, computed=True, keep=True, identifier=True, description="The same as `slug`."),
        Attribute(
            "slug",
            STRING,
            computed=True,
            keep=True,
            identifier=True,
            description="The workflow's identity, which the service creates from the name and a suffix, such as "
            "`bigquery-prod-AbC123`.",
        ),
        Attribute(
            "app_id",
            STRING,
            required=True,
            requires_replace=True,
            validators=[identifiers.usable("bigquery-crawler")],
            description="The app that the workflow runs, such as `bigquery-crawler`. A change replaces the workflow.",
        ),
        Attribute(
            "name",
            STRING,
            required=True,
            requires_replace=True,
            validators=[validators.not_empty("The service refuses an empty name. Give it a value.")],
            description="The workflow's label, unique on the tenant. The service cannot rename a workflow, so a change "
            "replaces the workflow.",
        ),
        Attribute(
            "entrypoint",
            STRING,
            optional=True,
            validators=[
                validators.not_empty("The service refuses an empty entrypoint. Remove it for the app's default.")
            ],
            description="The operation of the app that the workflow runs, such as `crawler`, if the app has several "
            "(see `data.atlan_app_info`). Unset: the app's default. The service does not return the entrypoint, so an "
            "import leaves the attribute unset.",
        ),
        Attribute(
            "inputs",
            DYNAMIC,
            optional=True,
            secret=credential.secrets_in_inputs,
            description="The inputs of the app, an object. `data.atlan_app_contract` returns their names, types, "
            "defaults and allowed values. Only the configured keys are managed: keys that the service or the web UI "
            "adds stay unchanged. An input that takes JSON text may be written as an object. "
            "So may a filter: it is sent in the form that the app reads, as JSON text or as an object. A null in an "
            "object, such as an unset `optional()` of a typed variable, has the meaning of a missing key. A null in a "
            "list is an error.",
        ),
        Attribute(
            "inputs_wo",
            DYNAMIC,
            optional=True,
            write_only=True,
            description="Inputs that contain secrets, an object. Each publish merges the keys into `inputs`, at every "
            "depth. State and plans never contain `inputs_wo`. The service stores these values like other inputs. An "
            "import leaves out only inputs that the contract or their names mark as secret, because an import does "
            "not know the configuration.",
        ),
        Attribute(
            "inputs_wo_version",
            NUMBER,
            optional=True,
            description="Any number. A change publishes `inputs_wo` again. Increase it with every new value.",
        ),
        connection.attribute(),
        credential.attribute(),
        Attribute(
            "credential_wo_version",
            NUMBER,
            optional=True,
            description="Any number. A change sends `credential_wo` again. Increase it with every new secret.",
        ),
        Attribute(
            "credential_guid",
            STRING,
            optional=True,
            computed=True,
            keep=True,
            identifier=True,
            description="The guid of the stored credential. Set it to share a credential through an existing "
            "connection. It conflicts with a new connection and with `credential_wo`. Unset: the credential that the "
            "service stored, or null if there is none.",
        ),
        Attribute(
            "adopt_existing",
            BOOL,
            optional=True,
            description="If `true`, a create adopts an existing workflow that has the name, instead of failing. The "
            "workflow keeps its slug and its connection, and the configured inputs are published to it. A workflow of "
            "another app or connection is an error, and so is one that this configuration manages already. A "
            "replacement never adopts. Default: `false`.",
        ),
        Attribute(
            "adopted",
            BOOL,
            computed=True,
            keep=True,
            description="Whether the create adopted an existing workflow. A plan shows it before the apply, with the "
            "workflow's `slug`. Null for an imported workflow.",
        ),
        Attribute(
            "unknown_inputs",
            STRING,
            optional=True,
            validators=[validators.one_of(*POLICIES)],
            description="How to report an input that the contract accepts but does not declare: `near`, `error`, "
            "`warning` or `allow`, as in the provider's `unknown_inputs`. Default: the provider's setting.",
        ),
        Attribute(
            "version",
            NUMBER,
            computed=True,
            description="The published version, a whole number such as `1735689600`. Each publish creates another one, "
            "also one in the web UI.",
        ),
        Attribute(
            "published_version",
            NUMBER,
            computed=True,
            description="The version that Terraform published last, or that existed at the import. An edit in the web "
            "UI does not change it, so a schedule that follows it is not attached again for nothing.",
        ),
        Attribute("owner", STRING, computed=True, keep=True, description="The user that owns the workflow."),
        Attribute(
            "execution_mode",
            STRING,
            computed=True,
            keep=True,
            description="How the service executes the workflow, such as `native`.",
        ),
        timeouts.attribute(
            ["create", "read", "update", "delete"],
            unset="Without a timeout, the provider's `request_timeout` and `retry_timeout` apply.",
        ),
    ],
    description="An Atlan app workflow: a crawler, a miner or an enrichment job. The resource defines the workflow and "
    "publishes a new version whenever the inputs change. The resource never runs the workflow.",
    version=1,
)


def new_state(slug: str, app_id: str | None, name: str | None) -> AppState:
    """Return a state with null for all other attributes. The app and the name are None if a move does not know them."""
    return {
        "id": slug,
        "slug": slug,
        "app_id": app_id,  # type: ignore[typeddict-item]  # The first read after a move sets it, or fails.
        "name": name,  # type: ignore[typeddict-item]
        "entrypoint": None,
        "inputs": None,
        "inputs_wo": None,
        "inputs_wo_version": None,
        connection.ASSET_CONNECTION: None,
        "credential_wo": None,
        "credential_wo_version": None,
        "credential_guid": None,
        "adopt_existing": None,
        "adopted": None,
        "unknown_inputs": None,
        "version": None,
        "published_version": None,
        "owner": None,
        "execution_mode": None,
        "timeouts": None,
    }
