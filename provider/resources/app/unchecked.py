"""The error about a refused update whose inputs were not checked (``validate_inputs = false``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from provider import errors
from provider.framework import Context, Known, UserError
from provider.model.inputs import SERVICE_NAMES, as_object
from provider.resources.app.schema import AppState

if TYPE_CHECKING:
    from provider.client.errors import BadRequest
    from provider.provider_data import ProviderData

_ADVICE: Final = (
    "The update also contains the inputs of the workflow that are not configured. If the service refuses one of these, "
    "set validate_inputs = true in the provider's configuration. An apply then leaves out what the contract forbids."
)


def refused(
    ctx: Context[AppState], data: ProviderData, inputs: Mapping[str, Known], error: BadRequest
) -> UserError | None:
    """Return the error about an update with these inputs, if it contains inputs that are not configured.

    Return None if all inputs are configured, or if the plan has checked them.
    """
    configured = as_object(ctx.config["inputs"]).keys() | as_object(ctx.config["inputs_wo"]).keys()
    if data.validates_inputs or inputs.keys() <= configured | SERVICE_NAMES:
        return None
    explained = errors.explain(error, oauth=data.signs_in_with_oauth, with_service_text=ctx.with_service_text)
    return UserError(explained.summary, f"{explained.detail}\n\n{_ADVICE}", explained.path)
