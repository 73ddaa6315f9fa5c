"""Read the contract for a publish, which decides how the inputs are sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from provider.client.errors import AtlanError, BadRequest, NotFound, UnknownEntrypoint
from provider.errors import error_text
from provider.framework import Context
from provider.resources.app.schema import AppState

if TYPE_CHECKING:
    from provider.contracts.cache import Contracts
    from provider.contracts.schema import Contract

_SECONDS: Final = 15.0


def read(ctx: Context[AppState], contracts: Contracts, app_id: str, entrypoint: str | None) -> Contract | None:
    """Return the contract, which decides whether an input is sent as JSON text.

    Return None if there is no contract. If a contract cannot be read, warn and return None.
    """
    try:
        return contracts.fetch(app_id, entrypoint, seconds=_SECONDS)
    except (BadRequest, NotFound, UnknownEntrypoint):
        return None
    except AtlanError as error:
        ctx.warn(
            f"The input contract of {app_id} could not be read",
            "Inputs that contain JSON are sent as they are written, as an object or as text."
            f"\n\n{error_text(ctx, error)}",
        )
        return None
