"""Plan a credential."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from provider.framework import Context, PlanContext, Unknown
from provider.model import extra_keys
from provider.resources.credential.private_state import hidden_keys, remember_planned, sent_keys
from provider.resources.credential.schema import CredentialState

_STORED_NAMES: Final = {
    "name",
    "auth_type",
    "connector_config_name",
    "connector_type",
    "host",
    "port",
    "username",
    "extra",
    "secret_wo_version",
}

_ADVICE: Final = "extra or, if it is secret, in extra_wo"


def plan(
    ctx: PlanContext[CredentialState], current: CredentialState | None, planned: CredentialState | None
) -> CredentialState | None:
    """Return the planned state. Warn if an update would send no secret.

    If no attribute changes that the service stores, no update is sent, so the name keeps its value.
    """
    if current is None or planned is None:
        return planned
    if not ctx.changed & _STORED_NAMES:
        return {**planned, "name": current["name"]}
    if ctx.config["password_wo"] is None and ctx.config["extra_wo"] is None:
        ctx.warn(
            f"No secret is configured for the credential {current['guid']}",
            "An update sends the whole credential, and the service may drop a secret that is not sent. Configure "
            "password_wo or extra_wo, unless this credential has no secret.",
        )
    warn_lost(ctx, current, hidden_keys(ctx))
    remember_planned(ctx)
    return planned


def warn_lost(ctx: Context[CredentialState], current: CredentialState, hidden: Iterable[str]) -> None:
    """Warn about keys of ``extra`` that the update removes. ``hidden`` are keys whose values the service hides."""
    configured = ctx.config["extra"], ctx.config["extra_wo"]
    if Unknown in configured:
        return
    known = {*extra_keys.with_values(*configured, current["extra"]), *sent_keys(ctx)}
    ctx.report(extra_keys.lost(current["guid"], hidden, known, _ADVICE, ["extra_wo"]))
