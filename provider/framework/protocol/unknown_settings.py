"""Errors and warnings of calls that need settings of the provider which are unknown in this plan."""

from __future__ import annotations

from typing import Final

from provider.framework.diagnostics import Finding, UserError, warning
from provider.framework.provider import Provider

_TARGET: Final = "apply that resource first: terraform apply -target=<its address>."


def not_refreshed(type_name: str) -> Finding:
    """Return the warning about a resource that keeps its state."""
    return warning(
        "Not refreshed",
        f"The provider's settings are not known yet, so {type_name} was not read. "
        f"The state of {type_name} is unchanged.",
    )


def refuse_data_source(provider: Provider) -> None:
    """Raise UserError if a setting is unknown. Terraform reads a data source in the plan unless it has to wait."""
    _refuse(
        provider,
        "Add depends_on to this data source, with the resource that the settings depend on. Terraform then reads it in "
        f"the apply. Or {_TARGET}",
    )


def refuse_import(provider: Provider) -> None:
    """Raise UserError if a setting is unknown. An import cannot wait for the apply."""
    _refuse(provider, f"An import reads the object in the plan. So {_TARGET} Then import.")


def _refuse(provider: Provider, advice: str) -> None:
    if provider.unknown_settings:
        names = ", ".join(provider.unknown_settings)
        raise UserError("The provider is not configured", f"These settings are not known yet: {names}. {advice}")
