"""The objects that resources and data sources get from the provider."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from provider.absence import Absence
from provider.claims import Claims
from provider.connection_list import ConnectionList
from provider.contracts.app_ids import AppIds
from provider.contracts.cache import Contracts
from provider.credential_uses import CredentialUses
from provider.framework import UserError, redaction
from provider.model.unknown_inputs import DEFAULT_POLICY, Policy
from provider.ownership import Kind, Ownership
from provider.refresh import RefreshIndex
from provider.replaced_credentials import ReplacedCredentials
from provider.setup_errors import SetupErrors
from provider.tenant import Tenant

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from provider.client.api import AtlanApi
    from provider.framework.redaction import Registration, Source
    from provider.settings import Settings


class ProviderData:
    """The settings of the configured provider, its client, and what its resources share. Safe for threads.

    A process that serves several commands is configured again for each command.
    """

    def __init__(self, stop: threading.Event) -> None:
        self.absence = Absence(lambda: self.client)
        self.claims = Claims()
        self.workflows = Ownership(Kind("workflow", "atlan_app", "change its name"))
        self.schedules = Ownership(Kind("schedule", "atlan_app_schedule", "change its cron or timezone"))
        self.runs = Ownership(Kind("run", "atlan_app_run"))
        self.credentials = Ownership(Kind("credential", "atlan_credential"))
        self.setup_errors = SetupErrors()
        self.app_ids = AppIds(lambda: self.client, self.setup_errors.raise_once)
        self.replaced_credentials = ReplacedCredentials()
        self.credential_uses = CredentialUses(lambda: self.client)
        self.contracts = Contracts(lambda: self.client)
        self.connections = ConnectionList(lambda: self.client)
        self.refresh = RefreshIndex(lambda: self.client)
        self.tenant = Tenant()
        self._stop = stop
        self._sent_secrets: list[Source] = []
        self._sent_credentials: set[str] = set()
        self._unknown: Sequence[str] = ()
        self._settings: Settings | None = None
        self._client: AtlanApi | None = None
        self._lock = threading.Lock()
        self._registered: list[Registration] = []

    def clear(self, unknown: Sequence[str] = ()) -> None:
        """Drop the settings, and everything that belongs to them: the client, contracts, claims, errors, secrets.

        ``unknown`` contains the names of the settings that are unknown in this plan.
        """
        self.absence.clear()
        self.claims.clear()
        for objects in (self.workflows, self.schedules, self.runs, self.credentials):
            objects.clear()
        self.setup_errors = SetupErrors()
        self.replaced_credentials.clear()
        self.refresh.end()
        self.tenant = Tenant()
        self.app_ids = AppIds(lambda: self.client, self.setup_errors.raise_once)
        self.credential_uses = CredentialUses(lambda: self.client)
        self.contracts = Contracts(lambda: self.client)
        self.connections = ConnectionList(lambda: self.client)
        with self._lock:
            if self._client is not None:
                self._client.close()
            self._settings = self._client = None
            self._sent_secrets.clear()
            self._sent_credentials.clear()
            for registration in self._registered:
                registration.release()
            self._registered.clear()
        self._unknown = unknown

    def configure(self, settings: Settings) -> None:
        """Use these settings, and create the client in a thread. Sends no request."""
        self._settings = settings
        self.tenant = Tenant.of(settings.base_url, settings.former_base_urls)
        self.refresh.begin(enabled=settings.refresh_from_list)
        self._register(redaction.register(settings.api_key, settings.oauth_client_secret))
        threading.Thread(target=self._connect_early, daemon=True).start()

    def remember_secrets(self) -> None:
        """Remember the secrets of this call, because answers to calls about a run or a schedule can quote them."""
        self._sent_secrets += redaction.current_secrets()

    def redact_remembered(self) -> None:
        """Redact in this call what ``remember_secrets`` has remembered."""
        redaction.add_secrets(*self._sent_secrets)

    def add_sent_credential(self, slug: str) -> None:
        """Record that this process has sent the credential of a workflow."""
        self._sent_credentials.add(slug)

    def has_sent_credential(self, slug: str) -> bool:
        """Return True if this process knows the secrets of a workflow, because it has sent its credential."""
        return slug in self._sent_credentials

    @property
    def is_known(self) -> bool:
        """Return True if all settings are known. If one is unknown, this plan cannot send requests."""
        return not self._unknown

    @property
    def validates_inputs(self) -> bool:
        """Return True if plans check inputs against their contracts."""
        return self._settings is not None and self._settings.validate_inputs

    @property
    def unknown_inputs(self) -> Policy:
        """The provider's setting for inputs that a contract accepts without declaring them."""
        return DEFAULT_POLICY if self._settings is None else self._settings.unknown_inputs

    @property
    def signs_in_with_oauth(self) -> bool:
        """Return True if the settings name an OAuth client instead of an API key."""
        return self._settings is not None and self._settings.api_key is None

    @property
    def client(self) -> AtlanApi:
        """The tenant's client, created on first use. Raises UserError if the provider is not configured."""
        with self._lock:
            if self._settings is None:
                raise _not_configured(self._unknown)
            self._client = self._client or self._connect(self._settings)
            return self._client

    def _connect_early(self) -> None:
        """Load the client's libraries while Terraform decides what to request."""
        with suppress(Exception):  # a call that uses the client gets the same error and reports it
            _ = self.client

    def _connect(self, settings: Settings) -> AtlanApi:
        from provider.client.api import build_client
        from provider.client.auth import OAuthClient
        from provider.client.operations import PATHS
        from provider.client.retries import RetryPolicy

        # The address stays readable even if a secret is a URL below it.
        self._register(redaction.register_identifiers(*PATHS, settings.base_url, urlsplit(settings.base_url).netloc))
        return build_client(
            settings.base_url,
            settings.api_key or OAuthClient(settings.oauth_client_id or "", settings.oauth_client_secret or ""),
            request_timeout=settings.request_timeout,
            submit_timeout=settings.submit_timeout,
            retries=RetryPolicy(settings.max_retries, settings.retry_timeout),
            stop=self._stop,
            on_write=self.refresh.end,
            register_secret=lambda secret: self._register(redaction.register(secret)),
            keep_readable=redaction.add_answered_identifiers,
        )

    def _register(self, registration: Registration) -> Callable[[], None]:
        """Keep a registration until the settings are dropped. Return a function that releases it earlier."""
        self._registered.append(registration)
        return registration.release


def _not_configured(unknown: Sequence[str]) -> UserError:
    return UserError(
        "The provider is not configured",
        f"These settings are not known yet: {', '.join(unknown)}. First apply the resources that they depend on."
        if unknown
        else "Terraform sent a request before it configured the provider.",
    )
