"""Secrets that an update of a workflow replaces. The service may repeat them, and nothing in the update knows them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from provider import errors
from provider.framework import Context, Value, same
from provider.resources.app import private_extra, private_state
from provider.resources.app.schema import AppState

if TYPE_CHECKING:
    from provider.provider_data import ProviderData


class Versions(NamedTuple):
    """``credential_wo_version`` and ``inputs_wo_version``."""

    credential: Value
    inputs: Value


@contextmanager
def not_shown(ctx: Context[AppState], data: ProviderData, *, when: bool = True) -> Iterator[None]:
    """Leave out the service's text in the messages of a request, if ``when`` is True and secrets were published."""
    when = when and private_state.has_published_secrets(ctx.private)
    with errors.without_service_text(ctx, oauth=data.signs_in_with_oauth, when=when):
        yield


def are_replaced(ctx: Context[AppState], before: Versions, after: Versions) -> bool:
    """Return True if an update sends other write-only values than an earlier publish of this configuration.

    A refusal of the first write-only values keeps the service's text, because it says what to correct. A plan has
    already recorded the paths of ``inputs_wo``, so only a former version shows that they were published.
    """
    rotates_credential, rotates_inputs = (not same(*pair) for pair in zip(before, after, strict=True))
    return (rotates_credential and private_extra.was_sent(ctx)) or (rotates_inputs and before.inputs is not None)
