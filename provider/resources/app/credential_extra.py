"""The ``extra`` of a workflow's own credential.

A publish that sends the credential stores a new one with the values in the request. So a key that an import does not
know, or that somebody added in the web UI, has to be sent again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from provider import errors
from provider.client.errors import AtlanError, Forbidden, NotFound, UnprovenNotFound, UnusableAnswer
from provider.framework import Context, Known, Path, PlanContext, Unknown, UserError, Value, is_known
from provider.model import extra_keys
from provider.model.credential import WIRE_KEYS
from provider.model.inputs import CREDENTIAL_GUID, as_object
from provider.model.json_inputs import as_json, encode
from provider.resources.app import own_credential, private_extra, private_state
from provider.resources.app.schema import AppState

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.client.responses import Workflow
    from provider.provider_data import ProviderData

_EXTRA: Final = WIRE_KEYS["extra"]
_PLAN_SECONDS: Final = 15.0
_SUMMARY: Final = "The extra of the workflow's credential could not be read"


def warn_lost(ctx: PlanContext[AppState], data: ProviderData, used_guid: Value, adopted: Workflow | None) -> None:
    """Warn about the keys of ``extra`` that the publish of a configured credential removes.

    ``used_guid`` is the guid in state, and ``adopted`` the workflow that the apply adopts. If the workflow's own
    credential cannot be read, warn about that.
    """
    guid = used_guid if private_state.has_own_credential(ctx) else None
    if adopted is not None:
        guid = (adopted.inputs or {}).get(CREDENTIAL_GUID)
    configured = own_credential.configured(ctx)
    if not (isinstance(guid, str) and guid and configured and data.is_known) or configured.get(_EXTRA) is Unknown:
        return
    with errors.without_service_text(ctx, oauth=data.signs_in_with_oauth):
        try:
            credential = data.client.with_timeout(_PLAN_SECONDS).get_credential(guid)
        except NotFound:
            return
        except AtlanError as error:
            if not data.setup_errors.raise_once(error):
                _warn_unread(ctx, error, "The apply keeps the keys that are not configured only if it can read them.")
            return
    attribute, path = _attribute(ctx)
    ctx.report(extra_keys.equal(guid, attribute, path, as_json(configured.get(_EXTRA)), credential.extra))
    ctx.report(extra_keys.lost(guid, extra_keys.hidden(credential.extra), _managed(ctx), attribute, path))


def with_kept(
    ctx: Context[AppState], data: ProviderData, client: AtlanApi, guid: str | None, raw_credential: Known
) -> Known:
    """Return the credential of a publish with the keys of ``extra`` that the service shows and that others have set.

    ``raw_credential`` is an object or JSON text, and so is the result. If there is no permission to read the stored
    credential, or if it may be gone, warn. Raises UserError if the request fails for a reason that may pass, or if a
    configured key stands for equal keys of the stored ``extra``.
    """
    opened = as_json(raw_credential)
    configured = as_json(opened.get(_EXTRA)) if isinstance(opened, dict) else None
    if guid is None or not isinstance(opened, dict) or not isinstance(configured, dict | None):
        return raw_credential
    with errors.without_service_text(ctx, oauth=data.signs_in_with_oauth):
        try:
            stored = client.get_credential(guid).extra
        except NotFound:
            return raw_credential
        except (Forbidden, UnprovenNotFound, UnusableAnswer) as error:
            if error.is_setup_error:
                raise
            _warn_unread(ctx, error, "If somebody else has added keys, the new credential does not contain them.")
            return raw_credential
    for finding in extra_keys.equal(guid, *_attribute(ctx), configured, stored):
        raise UserError.of(finding)
    extra = extra_keys.to_send(configured, stored, _managed(ctx))
    if extra == as_object(configured):
        return raw_credential
    changed: Value = {**opened, _EXTRA: extra}
    changed = changed if isinstance(raw_credential, dict) else encode(changed)
    assert is_known(changed)
    return changed


def remember_planned(ctx: PlanContext[AppState]) -> None:
    """Record the configured keys of an ``extra`` that the apply may send, although its answer may be lost."""
    private_extra.remember_planned(ctx, _configured_keys(ctx))


def remember_sent(ctx: Context[AppState]) -> None:
    """Record the configured keys of a published ``extra``, so that a key that leaves the configuration is removed."""
    private_extra.remember_sent(ctx, _configured_keys(ctx))


def _managed(ctx: Context[AppState]) -> set[str]:
    return {*_configured_keys(ctx), *private_extra.sent_keys(ctx)}


def _configured_keys(ctx: Context[AppState]) -> list[str]:
    return sorted(extra_keys.with_values(own_credential.configured(ctx).get(_EXTRA)))


def _attribute(ctx: Context[AppState]) -> tuple[str, Path]:
    return own_credential.attribute(ctx.config, "extra")


def _warn_unread(ctx: Context[AppState], error: AtlanError, consequence: str) -> None:
    attribute, path = _attribute(ctx)
    advice = f"To keep a key in any case, configure it in {attribute}."
    detail = f"The publish stores the credential again. {consequence} {advice}\n\n{errors.error_text(ctx, error)}"
    ctx.warn(_SUMMARY, detail, path)
