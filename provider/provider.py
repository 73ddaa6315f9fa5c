"""The provider: its schema, its configuration, and its resources, data sources and functions."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from provider import errors, settings
from provider.client.errors import AtlanError
from provider.data_sources.app import AppDataSource
from provider.data_sources.app_contract import AppContractDataSource
from provider.data_sources.app_info import AppInfoDataSource
from provider.data_sources.app_run import AppRunDataSource
from provider.data_sources.apps import AppsDataSource
from provider.data_sources.connection import ConnectionDataSource
from provider.data_sources.marketplace_apps import MarketplaceAppsDataSource
from provider.data_sources.role import RoleDataSource
from provider.framework import (
    BOOL,
    NUMBER,
    STRING,
    Attribute,
    Finding,
    Lazy,
    Provider,
    Schema,
    State,
    UserError,
    list_of,
    validators,
)
from provider.functions.anchored_expressions import AnchoredExpressions
from provider.functions.anchored_filter import AnchoredFilter
from provider.functions.connection_name_parts import ConnectionNameParts
from provider.functions.drop_defaults import DropDefaults
from provider.functions.nested_filter import NestedFilter
from provider.model.unknown_inputs import POLICIES
from provider.resources.app.schema import SCHEMA as APP_SCHEMA
from provider.resources.credential.schema import SCHEMA as CREDENTIAL_SCHEMA
from provider.resources.run.schema import SCHEMA as RUN_SCHEMA
from provider.resources.schedule.schema import SCHEMA as SCHEDULE_SCHEMA

if TYPE_CHECKING:  # the build of the binary finds the classes of the lazy registrations by these imports
    from provider.provider_data import ProviderData
    from provider.resources.app.resource import AppResource as AppResource
    from provider.resources.credential.resource import CredentialResource as CredentialResource
    from provider.resources.run.resource import AppRunResource as AppRunResource
    from provider.resources.schedule.resource import AppScheduleResource as AppScheduleResource

_SCHEMA: Final = Schema(
    [
        Attribute(
            "base_url",
            STRING,
            optional=True,
            description="The tenant's address, a URL such as `https://example.atlan.com`. Plain http is allowed only "
            "for this machine. Environment: `ATLAN_BASE_URL`.",
        ),
        Attribute(
            "former_base_urls",
            list_of(STRING),
            optional=True,
            description="The earlier addresses of a tenant that was renamed, a list of URLs such as "
            '`["https://old.atlan.com"]`. State contains the tenant of each object, and an object of another tenant is '
            "an error. Environment: `ATLAN_FORMER_BASE_URLS`, with commas or spaces between the addresses.",
        ),
        Attribute(
            "api_key",
            STRING,
            optional=True,
            sensitive=True,
            description="An API key of the tenant. Prefer the environment, `ATLAN_API_KEY`, because plan files "
            "contain the values of variables in plain text.",
        ),
        Attribute(
            "oauth_client_id",
            STRING,
            optional=True,
            description="The id of an OAuth client that signs in instead of an API key. It requires "
            "`oauth_client_secret`. Environment: `ATLAN_OAUTH_CLIENT_ID`.",
        ),
        Attribute(
            "oauth_client_secret",
            STRING,
            optional=True,
            sensitive=True,
            description="The OAuth client's secret. Prefer the environment, `ATLAN_OAUTH_CLIENT_SECRET`, because plan "
            "files contain the values of variables in plain text.",
        ),
        Attribute(
            "request_timeout",
            NUMBER,
            optional=True,
            validators=[validators.between(1, 3600)],
            description="How many seconds to wait for the whole answer to one request, from 1 to 3600. Default: "
            f"`{settings.DEFAULTS['request_timeout']}`. A submit of a run can take minutes, so its default is "
            f"{settings.SUBMIT_TIMEOUT}.",
        ),
        Attribute(
            "max_retries",
            NUMBER,
            optional=True,
            validators=[validators.between(0, 20, whole=True)],
            description="How many times to repeat a request that can safely be repeated, a whole number from 0 to 20. "
            f"Default: `{settings.DEFAULTS['max_retries']}`.",
        ),
        Attribute(
            "retry_timeout",
            NUMBER,
            optional=True,
            validators=[validators.between(0, 3600)],
            description="How many seconds after its first attempt a request can be repeated, from 0 to 3600. "
            f"Default: `{settings.DEFAULTS['retry_timeout']}`.",
        ),
        Attribute(
            "validate_inputs",
            BOOL,
            optional=True,
            description="If `true`, a plan checks the inputs of a workflow against the input contract of its app. If "
            "`false`, only the service reports wrong inputs, at apply, and a plan that only creates sends no "
            "request: it may not notice a refused key, or a connection that exists already. An update then also sends "
            "the inputs that were set outside Terraform and that a closed contract forbids, and the service refuses "
            "it. With `true`, the plan names these inputs, and the apply leaves them out. An input that would change "
            "two keys which look the same on the workflow is an error of the plan with `true`, and of the apply with "
            "`false`. Default: `true`.",
        ),
        Attribute(
            "unknown_inputs",
            STRING,
            optional=True,
            validators=[validators.one_of(*POLICIES)],
            description="How to report an input that the contract accepts but does not declare. The app ignores such "
            "an input. `near`: as an error if a declared input has a similar name, and otherwise as a warning. "
            "`error` or `warning`: always as that. `allow`: not at all. An input that the app is known to take is "
            "never reported. A workflow can have its own setting. "
            f"Default: `{settings.DEFAULTS['unknown_inputs']}`.",
        ),
        Attribute(
            "refresh_from_list",
            BOOL,
            optional=True,
            description="If `true`, a refresh of many workflows can use the service's list instead of reading each "
            "workflow. A workflow counts as unchanged if the version and the owner in the list match the state. If the "
            "list is not up to date after a change outside Terraform, the refresh does not detect that change yet. If "
            "`false`, each workflow is read. Default: `true`. Environment: `ATLAN_REFRESH_FROM_LIST`.",
        ),
    ],
    description="Manages the app workflows of an Atlan tenant: crawlers, miners and enrichment jobs, their schedules, "
    "runs and credentials.",
)


class AtlanProvider(Provider):
    """The provider for the app workflows of one Atlan tenant."""

    address = "registry.terraform.io/atlanhq/atlan"
    prefix = "atlan_"
    schema = _SCHEMA
    resources = (
        Lazy("app", APP_SCHEMA, "provider.resources.app.resource:AppResource"),
        Lazy("app_run", RUN_SCHEMA, "provider.resources.run.resource:AppRunResource"),
        Lazy("app_schedule", SCHEDULE_SCHEMA, "provider.resources.schedule.resource:AppScheduleResource"),
        Lazy("credential", CREDENTIAL_SCHEMA, "provider.resources.credential.resource:CredentialResource"),
    )
    data_sources = (
        AppContractDataSource,
        AppDataSource,
        AppInfoDataSource,
        AppRunDataSource,
        AppsDataSource,
        ConnectionDataSource,
        MarketplaceAppsDataSource,
        RoleDataSource,
    )
    functions = (AnchoredExpressions, AnchoredFilter, ConnectionNameParts, DropDefaults, NestedFilter)

    def __init__(self) -> None:
        self.stop = threading.Event()
        self._lock = threading.Lock()
        self._provider_data: ProviderData | None = None

    @property
    def provider_data(self) -> ProviderData:
        """The object that resources, data sources and functions receive. It is created at its first use."""
        # Imported here, because a launch that only answers the schema does not need it.
        from provider.provider_data import ProviderData

        with self._lock:
            self._provider_data = self._provider_data or ProviderData(self.stop)
            return self._provider_data

    def check_config(self, config: State) -> Iterable[Finding]:
        return settings.check_values(config)

    def configure(self, config: State) -> Iterable[Finding]:
        """Replace the settings. If one of the new settings is unknown or wrong, only drop the old ones.

        Sends no request.
        """
        self.unknown_settings = settings.unknown_names(config)
        self.provider_data.clear(self.unknown_settings)
        if self.unknown_settings:
            return ()
        findings = [*settings.check(config, os.environ)]
        if not findings:
            self.provider_data.configure(settings.resolve(config, os.environ))
        return findings

    def explain(self, error: Exception, *, with_service_text: bool = True) -> UserError | None:
        if not isinstance(error, AtlanError):
            return None
        oauth = self.provider_data.signs_in_with_oauth
        return errors.explain(error, oauth=oauth, with_service_text=with_service_text)
