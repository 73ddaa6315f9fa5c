"""Errors of a create or update of a credential, as a user reads them."""

from __future__ import annotations

from typing import Final

from provider.client.errors import AtlanError, BadRequest, ServerError, ServiceError
from provider.credential_storage import taken, unknown_connector
from provider.errors import CORRECT_ADVICE
from provider.framework import Path, UserError
from provider.model import credential
from provider.model.credential_names import NAME
from provider.resources.credential.schema import CredentialState

_UNPROCESSABLE_STATUS: Final = 422


NAME_PATH: Final = ["name"]


def of_create(error: AtlanError, planned: CredentialState, name: str) -> UserError | None:
    """Return the error of a failed create under this name. Return None if the client's error is clear enough."""
    if _is_taken(error):
        return _taken_error(error, name)
    if _is_refusal(error):
        return _refusal_error(error, planned, _test_sentence(planned))
    if _is_unknown_connector(error):
        return _unknown_connector_error(error, planned)
    return _lost_answer_error(error, planned, name) if error.ambiguous else None


def gone(guid: str, error: ServiceError) -> UserError:
    """Return the error of an update of a credential that does not exist any more."""
    return UserError(
        f"The credential {guid} no longer exists",
        f"It was archived after the plan. Plan again to create a new one.\n\n{error}",
    )


def of_update(error: ServiceError, planned: CredentialState) -> UserError | None:
    """Return the error of a failed update. Return None if the client's error is clear enough."""
    if _is_taken(error):
        return _taken_error(error, str(planned["name"]))
    if _is_unknown_connector(error):
        return _unknown_connector_error(error, planned)
    return _refusal_error(error, planned) if _is_refusal(error) else None


def _is_taken(error: AtlanError) -> bool:
    return isinstance(error, BadRequest) and error.credential_name_is_taken


def _taken_error(error: AtlanError, name: str) -> UserError:
    reason = "Another credential has this name. It may be archived."
    return taken(name, reason, attribute=NAME, path=NAME_PATH, text=str(error))


def _is_unknown_connector(error: AtlanError) -> bool:
    return isinstance(error, ServerError) and error.credential_was_not_stored


def _unknown_connector_error(error: AtlanError, planned: CredentialState) -> UserError:
    name = str(planned["connector_config_name"])
    return unknown_connector(name, ["connector_config_name"], str(error))


def _is_refusal(error: AtlanError) -> bool:
    """Return True if the service rejected the values and stored nothing."""
    return isinstance(error, BadRequest) or error.status == _UNPROCESSABLE_STATUS


def _test_sentence(planned: CredentialState) -> str:
    if not planned["test_before_store"]:
        return ""
    return (
        "The service tests the credential at its source first (test_before_store). It stores nothing if a test fails. "
    )


def _refusal_error(error: AtlanError, planned: CredentialState, test_sentence: str = "") -> UserError:
    advice = f"{test_sentence}{CORRECT_ADVICE}"
    return UserError("The service refused the credential", f"{error}\n\n{advice}", _path(error, planned))


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
