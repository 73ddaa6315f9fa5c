"""Errors of a schedule, as a user reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from provider.client.errors import NoAnswer
from provider.framework import UserError
from provider.resources.schedule.triggers import names

if TYPE_CHECKING:
    from provider.client.errors import AtlanError
    from provider.client.responses import Trigger

_MAY_EXIST: Final = "A trigger may exist that Terraform does not know"
_OF_GATEWAYS: Final = (502, 504)


def already_used(slug: str, trigger_id: str) -> UserError:
    """Return the error about a trigger to adopt that another call of this apply has adopted or removed."""
    return UserError(
        f"The trigger {trigger_id} of {slug} cannot be adopted",
        "Another resource of this apply has adopted or removed it. Plan again.",
        ["adopt_existing"],
    )


def several_to_adopt(slug: str, triggers: list[Trigger]) -> UserError:
    """Return the error about several triggers with the times of the schedule."""
    return UserError(
        f"It is not clear which trigger of {slug} to adopt",
        f"These triggers have the times of the schedule: {names(triggers)}. Remove adopt_existing, and import the one "
        f"that you want by the id {slug}/<trigger id>. Without an import, the apply adds another trigger.",
        ["adopt_existing"],
    )


def replaced_beside(slug: str, triggers: list[Trigger]) -> UserError:
    """Return the error about triggers with the times of a schedule that is replaced, besides its own trigger."""
    return UserError(
        f"A replacement does not adopt a trigger of {slug}",
        f"The schedule exists already, and besides its own trigger, the workflow has {names(triggers)} with the same "
        "times. Another resource may manage it. Remove adopt_existing: then the replacement adds its own trigger.",
        ["adopt_existing"],
    )


def not_recovered(slug: str, triggers: list[Trigger] | None, error: AtlanError) -> UserError:
    """Return the error about a lost answer. ``triggers`` are the triggers with the planned times, zero or several.

    ``triggers`` is None if the triggers could not be listed.
    """
    if triggers is None:
        return UserError(
            _MAY_EXIST,
            f"The request to schedule {slug} ended without a usable answer, and the workflow's schedules "
            f"could not be listed. Look at them in the web UI before the next apply adds a schedule.\n\n{error}",
        )
    if not triggers and _may_still_be_added(error):
        return UserError(
            _MAY_EXIST,
            f"The request to schedule {slug} ended without an answer of the service, and no trigger with these times "
            "was found afterwards. The service may still add it. If the next plan names such a trigger, remove it in "
            f"the web UI, or import it by the id {slug}/<trigger id>. Otherwise the apply adds another.\n\n{error}",
        )
    if not triggers:
        return UserError(
            f"The schedule of {slug} was not added",
            f"The request ended without a usable answer, and no trigger with these times was found afterwards. Apply "
            f"again.\n\n{error}",
        )
    return UserError(
        f"Several triggers of {slug} have these times",
        f"The request ended without a usable answer, so it is not known which of {names(triggers)} it added. Remove "
        f"the others in the web UI, then import the one to keep by the id {slug}/<trigger id>.\n\n{error}",
    )


def _may_still_be_added(error: AtlanError) -> bool:
    """Return True if the service did not answer, so that it may still be at work."""
    return isinstance(error, NoAnswer) or error.status in _OF_GATEWAYS
