"""What resources and data sources get from the provider: the tenant's client and what is known about the tenant."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from provider.claims import Claims
from provider.contracts.cache import Contracts
from provider.framework import UserError, logs
from provider.refresh import RefreshIndex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provider.client.api import AtlanApi
    from provider.settings import Settings


class ProviderData:
    """The client, the contracts, the refreshed list and the claims of one configuration. Safe for threads.

    A process that is attached for debugging is configured once a command: ``configure`` drops what was there before.
    """

    def __init__(self, stop: threading.Event) -> None:
        self.contracts = Contracts(lambda: self.client)
        self.claims = Claims()
        self.refresh = RefreshIndex(lambda: self.client)
        self._stop = stop
        self._settings: Settings | None = None
        self._unknown: Sequence[str] = ()
        self._connecting = threading.Lock()
        self._client: AtlanApi | None = None

    def clear(self, unknown: Sequence[str] = ()) -> None:
        """Drop the configuration. ``unknown`` are the names of settings that are unknown in this plan."""
        self.claims.clear()
        self.refresh.end()
        self.contracts = Contracts(lambda: self.client)
        with self._connecting:
            self._settings = self._client = None
        self._unknown = unknown

    def configure(self, settings: Settings) -> None:
        """Take over the settings. Sends no request."""
        self._settings = settings
        self.refresh.begin(enabled=settings.refresh_from_list)
        for secret in (settings.api_key, settings.oauth_client_secret):
            logs.hide(secret or "")
        threading.Thread(target=self._connect_early, daemon=True).start()

    @property
    def is_known(self) -> bool:
        """Return False in a plan whose provider block depends on what does not exist yet."""
        return not self._unknown

    @property
    def validates_inputs(self) -> bool:
        """Return True if plans check inputs against their contracts."""
        return self._settings is not None and self._settings.validate_inputs

    @property
    def signs_in_with_oauth(self) -> bool:
        """Return True if the settings name an OAuth client instead of an API key."""
        return self._settings is not None and self._settings.api_key is None

    @property
    def client(self) -> AtlanApi:
        """The tenant's client. It is connected on first use, because only that needs its libraries."""
        with self._connecting:
            if self._settings is None:
                raise UserError(
                    "The provider is not configured",
                    f"Not known yet: {', '.join(self._unknown)}. Apply what they depend on first."
                    if self._unknown
                    else "Terraform asked for work before it configured the provider.",
                )
            self._client = self._client or self._connect(self._settings)
            return self._client

    def _connect_early(self) -> None:
        """Load the client's libraries while Terraform decides what to ask for."""
        with suppress(Exception):  # a call that needs the client meets the same error and reports it
            _ = self.client

    def _connect(self, settings: Settings) -> AtlanApi:
        from provider.client.api import connect, connect_oauth
        from provider.client.retries import RetryPolicy

        options: dict[str, Any] = {
            "request_timeout": settings.request_timeout,
            "retries": RetryPolicy(settings.max_retries, settings.retry_timeout),
            "stop": self._stop,
            "on_write": self.refresh.end,
        }
        if settings.api_key is not None:
            return connect(settings.base_url, settings.api_key, **options)
        client = settings.oauth_client_id or "", settings.oauth_client_secret or ""
        return connect_oauth(settings.base_url, *client, **options)
