"""Errors about a contract that does not exist on the tenant."""

from __future__ import annotations

from collections.abc import Sequence

from provider.client.errors import NotFound, ServiceError
from provider.contracts.app_ids import AppIds
from provider.framework import Finding


def no_contract(app_id: str, error: NotFound | str, app_ids: AppIds) -> Finding:
    """Return the error for an app without a contract: the app does not exist, or is not native.

    ``app_ids`` may send a request for the ids of the tenant's apps.

    Source: a request for the contract of such an app fails with status 404.
    """
    return Finding(
        f"{app_id} has no input contract on this tenant",
        f"{app_ids.did_you_mean(app_id)}Either no app has this id, or the app is not native on this tenant and cannot "
        "be created or run through this API. Check the id in the tenant's marketplace. data.atlan_app_info shows "
        f"whether an app is native (native_ready).\n\n{error}",
        ["app_id"],
    )


def no_entrypoint(
    app_id: str, entrypoint: str | None, entrypoints: Sequence[str], error: ServiceError | str
) -> Finding:
    """Return the error for an entrypoint without a contract. ``entrypoints`` are the app's entrypoints, if known.

    Source: a request for the contract of such an entrypoint fails with code 1003.
    """
    known = (
        f"{app_id} has these entrypoints: {', '.join(entrypoints)}."
        if entrypoints
        else f"The entrypoints of {app_id} are not known."
    )
    advice = "Correct entrypoint, or remove entrypoint to use the app's default." if entrypoint else "Set entrypoint."
    return Finding(_summary(app_id, entrypoint, entrypoints), f"{known} {advice}\n\n{error}", ["entrypoint"])


def _summary(app_id: str, entrypoint: str | None, entrypoints: Sequence[str]) -> str:
    if entrypoint and entrypoints and entrypoint not in entrypoints:
        return f"{app_id} has no entrypoint {entrypoint}"
    of = f"the entrypoint {entrypoint}" if entrypoint else "a default entrypoint"
    return f"{app_id} has no input contract for {of}"
