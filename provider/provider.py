"""The provider: its schema, its configuration, and the literal lists of what it registers."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from tf.utils import Diagnostics

from provider import settings
from provider.client.errors import AtlanError
from provider.contracts import Contracts
from provider.data_sources.app import AppDataSource
from provider.data_sources.app_info import AppInfoDataSource
from provider.data_sources.app_run import AppRunDataSource
from provider.data_sources.apps import AppsDataSource
from provider.data_sources.connection import ConnectionDataSource
from provider.data_sources.contract import AppContractDataSource
from provider.data_sources.role import RoleDataSource
from provider.errors import explain
from provider.framework import logs, resource
from provider.framework.resource import Problem
from provider.framework.schema import BOOL, NUMBER, STRING, Attribute, Schema
from provider.functions.anchored_filter import AnchoredFilter
from provider.functions.connection_name_parts import ConnectionNameParts
from provider.functions.drop_defaults import DropDefaults
from provider.functions.nested_filter import NestedFilter
from provider.refresh import RefreshIndex
from provider.resources.app.resource import AppResource
from provider.resources.credential.resource import CredentialResource
from provider.resources.run.resource import AppRunResource
from provider.resources.schedule.resource import AppScheduleResource
from provider.resources.schedule.triggers import Claims

if TYPE_CHECKING:
    from provider.client.api import AtlanApi

ADDRESS: Final = "registry.terraform.io/atlanhq/atlan"


class AtlanProvider(resource.Provider):
    """Manages app workflows of one Atlan tenant."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self.contracts = Contracts(lambda: self.api)
        self.claims = Claims()
        self.refresh = RefreshIndex(lambda: self.api)
        self._settings: settings.Settings | None = None
        self._unknown: list[str] = []
        self._connecting = threading.Lock()
        self._connected: AtlanApi | None = None

    def get_model_prefix(self) -> str:
        return "atlan_"

    def full_name(self) -> str:
        return ADDRESS

    def get_provider_schema(self, diags: Diagnostics) -> Schema:
        return _SCHEMA

    def validate_config(self, diags: Diagnostics, config: dict[str, Any]) -> None:
        for problem in settings.check(config):
            diags.add_error(problem.summary, problem.detail, path=problem.path)

    def configure_provider(self, diags: Diagnostics, config: dict[str, Any]) -> None:
        """Resolve the settings. Sends nothing, and waits for later where a value is not known yet.

        A process that is attached for debugging is configured once a command: nothing of the one before is kept.
        """
        self.claims.clear()
        self.refresh.end()
        self.contracts = Contracts(lambda: self.api)
        with self._connecting:
            self._settings = self._connected = None
        self._unknown = settings.unknown(config)
        if self._unknown:
            return
        try:
            self._settings = settings.resolve(config, os.environ)
        except ExceptionGroup as group:
            for problem in group.exceptions:
                assert isinstance(problem, Problem)
                diags.add_error(problem.summary, problem.detail, path=problem.path)
        else:
            self.refresh.begin(enabled=self._settings.refresh_from_list)
            for secret in (self._settings.api_key, self._settings.oauth_client_secret):
                logs.hide(secret or "")
            threading.Thread(target=self._connect_early, daemon=True).start()

    @property
    def is_known(self) -> bool:
        """Whether every setting is known: false in a plan whose provider block depends on what is not made yet."""
        return not self._unknown

    @property
    def validates_inputs(self) -> bool:
        """Whether plans check inputs against their contracts: false where that is switched off or not known yet."""
        return self._settings is not None and self._settings.validate_inputs

    @property
    def api(self) -> AtlanApi:
        """The tenant. Connects on first use, for only that needs the client's libraries."""
        with self._connecting:
            if self._settings is None:
                raise Problem(
                    "The provider is not configured",
                    f"Not known yet: {', '.join(self._unknown)}. Apply what they depend on first."
                    if self._unknown
                    else "Terraform asked for work before it configured the provider.",
                )
            self._connected = self._connected or self._connect(self._settings)
            return self._connected

    def _connect_early(self) -> None:
        """Load the client's libraries while Terraform is still making up its mind what to ask for."""
        with suppress(Exception):  # whoever needs the tenant meets it too, and tells
            _ = self.api

    def _connect(self, settings: settings.Settings) -> AtlanApi:
        from provider.client.api import connect, connect_oauth
        from provider.client.retries import RetryPolicy

        how: dict[str, Any] = {
            "request_timeout": settings.request_timeout,
            "retries": RetryPolicy(settings.max_retries, settings.retry_timeout),
            "stop": self.stop,
            "on_write": self.refresh.end,
        }
        if settings.api_key is not None:
            return connect(settings.base_url, settings.api_key, **how)
        client = settings.oauth_client_id or "", settings.oauth_client_secret or ""
        return connect_oauth(settings.base_url, *client, **how)

    def explain(self, error: Exception) -> Problem | None:
        oauth = self._settings is not None and self._settings.api_key is None
        return explain(error, oauth=oauth) if isinstance(error, AtlanError) else None

    def get_resources(self) -> list[Any]:
        return [AppResource, AppRunResource, AppScheduleResource, CredentialResource]

    def get_data_sources(self) -> list[Any]:
        return [
            AppContractDataSource,
            AppDataSource,
            AppInfoDataSource,
            AppRunDataSource,
            AppsDataSource,
            ConnectionDataSource,
            RoleDataSource,
        ]

    def get_functions(self) -> list[Any]:
        return [AnchoredFilter, ConnectionNameParts, DropDefaults, NestedFilter]


_SCHEMA: Final = Schema(
    [
        Attribute(
            "base_url",
            STRING,
            optional=True,
            description="The tenant's address, a URL such as `https://example.atlan.com`. Plain http is taken for this "
            "machine alone. Environment: `ATLAN_BASE_URL`.",
        ),
        Attribute(
            "api_key",
            STRING,
            optional=True,
            sensitive=True,
            description="An API key of the tenant. Prefer the environment, `ATLAN_API_KEY`: plan files hold ordinary "
            "variables in the clear.",
        ),
        Attribute(
            "oauth_client_id",
            STRING,
            optional=True,
            description="The id of an OAuth client, to sign in with instead of a key; it needs `oauth_client_secret` "
            "too. Environment: `ATLAN_OAUTH_CLIENT_ID`.",
        ),
        Attribute(
            "oauth_client_secret",
            STRING,
            optional=True,
            sensitive=True,
            description="The OAuth client's secret. Prefer the environment, `ATLAN_OAUTH_CLIENT_SECRET`: plan files "
            "hold ordinary variables in the clear.",
        ),
        Attribute(
            "request_timeout",
            NUMBER,
            optional=True,
            description="Seconds to wait for an answer to one request, from 1 to 3600. Default: "
            f"`{settings.DEFAULTS['request_timeout']}`.",
        ),
        Attribute(
            "max_retries",
            NUMBER,
            optional=True,
            description="How often a request that can safely be repeated is sent again, a whole number from 0 to 20. "
            f"Default: `{settings.DEFAULTS['max_retries']}`.",
        ),
        Attribute(
            "retry_timeout",
            NUMBER,
            optional=True,
            description="Seconds after which no request is tried again, counted from its first attempt, from 0 to "
            f"3600. Default: `{settings.DEFAULTS['retry_timeout']}`.",
        ),
        Attribute(
            "validate_inputs",
            BOOL,
            optional=True,
            description="Whether a plan checks a workflow's inputs against its app's input contract. With `false`, "
            "what is wrong with them is told by the service when it is applied. Default: `true`.",
        ),
        Attribute(
            "refresh_from_list",
            BOOL,
            optional=True,
            description="Whether a refresh of many workflows may take from the service's list that one is unchanged, "
            "instead of asking for each: its slug, version and owner are those in state, and state holds that version "
            "as it was read. Where the list is behind what was published, archived or handed over outside Terraform, "
            "so is the refresh, until the list has caught up; `false` asks for each. Default: `true`. "
            "Environment: `ATLAN_REFRESH_FROM_LIST`.",
        ),
    ],
    description="Manages the app workflows of an Atlan tenant: crawlers, miners and enrichment jobs, their schedules, "
    "runs and credentials.",
)
