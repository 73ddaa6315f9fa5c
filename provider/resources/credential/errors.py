"""Errors of a create or update of a credential, as a user reads them."""

from __future__ import annotations

from typing import Final

from provider.client.errors import AtlanError, BadRequest, ServerError, ServiceError
from provider.credential_storage import taken, unknown_connector
from provider.errors import CHECK_ADVICE, CORRECT_ADVICE, error_text
from provider.framework import Context, Path, UserError
from provider.model import credential
from provider.model.credential_names import NAME
from provider.resources.credential.schema import CredentialState

_UNPROCESSABLE_STATUS: Final = 422


NAME_PATH: Final = ["name"]


def of_create(error: AtlanError, planned: CredentialState, name: str) -> UserError | None:
    """Return the error of a failed create under this name. Return None if the client's error is clear enough."""
    if _is_taken(error):
        return _taken_error(name, str(error))
    if _is_refusal(error):
        return _refusal_error(error, planned, str(error), f"{_test_sentence(planned)}{CORRECT_ADVICE}")
    if _is_unknown_connector(error):
        return _unknown_connector_error(planned, str(error))
    return _lost_answer_error(error, planned, name) if error.ambiguous else None


def gone(guid: str, text: str) -> UserError:
    """Return the error of an update of a credential that is gone. ``text`` is the text of the client's error."""
    return UserError(
        f"The credential {guid} no longer exists",
        f"It was archived after the plan. Plan again to create a new one.\n\n{text}",
    )


def of_update(ctx: Context[CredentialState], error: ServiceError, planned: CredentialState) -> UserError | None:
    """Return the error of a failed update. Return None if the client's error is clear enough."""
    text = error_text(ctx, error)
    if _is_taken(error):
        return _taken_error(str(planned["name"]), text)
    if _is_unknown_connector(error):
        return _unknown_connector_error(planned, text)
    advice = CORRECT_ADVICE if ctx.with_service_text else CHECK_ADVICE
    return _refusal_error(error, planned, text, advice) if _is_refusal(error) else None


def _is_taken(error: AtlanError) -> bool:
    return isinstance(error, BadRequest) and error.credential_name_is_taken


def _taken_error(name: str, text: str) -> UserError:
    reason = "Another credential has this name. It may be archived."
    return taken(name, reason, attribute=NAME, path=NAME_PATH, text=text)


def _is_unknown_connector(error: AtlanError) -> bool:
    return isinstance(error, ServerError) and error.credential_was_not_stored


def _unknown_connector_error(planned: CredentialState, text: str) -> UserError:
    return unknown_connector(str(planned["connector_config_name"]), ["connector_config_name"], text)


def _is_refusal(error: AtlanError) -> bool:
    """Return True if the service rejected the values and stored nothing."""
    return isinstance(error, BadRequest) or error.status == _UNPROCESSABLE_STATUS


def _test_sentence(planned: CredentialState) -> str:
    if not planned["test_before_store"]:
        return ""
    return (
        "The service tests the credential at its source first (test_before_store). It stores nothing if a test fails. "
    )


def _refusal_error(error: AtlanError, planned: CredentialState, text: str, advice: str) -> UserError:
    return UserError("The service refused the credential", f"{text}\n\n{advice}", _path(error, planned))


def _path(error: AtlanError, planned: CredentialState) -> Path | None:
    """Return the path of the attribute whose wire key is in the error's locations. Return None if there is no such key.

    A wire key is the name of a value in the service's JSON.
    """
    locations = error.locations if isinstance(error, ServiceError) else ()
    name = credential.attribute_of(str(step) for location in locations for step in location)
    if name is None:
        return None
    is_secret = name == "password" or (name == "extra" and planned["extra"] is None)
    return [f"{name}_wo" if is_secret else name]


def _lost_answer_error(error: AtlanError, planned: CredentialState, name: str) -> UserError:
    return UserError(
        "A credential may exist that Terraform does not know",
        f"{_test_sentence(planned)}The request to create a credential called {name} ended without a usable answer. If "
        "it is in the web UI, archive it there, or import it by its guid, before the next apply creates another."
        f"\n\n{error}",
    )
