"""The schema of ``atlan_app``."""

from __future__ import annotations

from typing import Final

from provider import connections, credentials
from provider.plugin import timeouts
from provider.plugin.schema import BOOL, DYNAMIC, NUMBER, STRING, Attribute, Schema

SCHEMA: Final = Schema(
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
            "inputs_wo",
            DYNAMIC,
            optional=True,
            write_only=True,
            description="Inputs that hold secrets, laid deep over `inputs` whenever the workflow is published: never "
            "in state or plan. The service stores them as it stores other inputs, and an import, which is told no "
            "configuration, leaves out only those that the contract or their names mark as secret.",
        ),
        Attribute(
            "inputs_wo_version",
            NUMBER,
            optional=True,
            description="A number of your own: change it to publish a changed `inputs_wo`.",
        ),
        connections.attribute(),
        credentials.attribute(),
        Attribute(
            "credential_wo_version",
            NUMBER,
            optional=True,
            description="A number of your own: change it to vault a changed `credential_wo`.",
        ),
        Attribute(
            "credential_guid",
            STRING,
            optional=True,
            computed=True,
            keep=True,
            description="The guid of the vaulted credential. Give one to share a credential through an existing "
            "connection; unset, it tells the one that the service vaulted.",
        ),
        Attribute(
            "adopt_existing",
            BOOL,
            optional=True,
            description="Whether to take over a workflow that holds the name already, instead of failing: it keeps its "
            "slug and its connection, and the configured inputs are published to it. Default: false.",
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
