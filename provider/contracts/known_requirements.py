"""Warn about what a known app needs, where its contract does not say it.

An open contract requires nothing. The vendor's SDK sends a connection in every workflow, and a credential in most, so
a workflow without them probably fails when it runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from provider.contracts.messages import InputFinding
from provider.contracts.schema import Contract
from provider.framework import Unknown, Value
from provider.model.inputs import (
    CONNECTION,
    CREDENTIAL,
    CREDENTIAL_GUID,
    EXTRACTION_METHOD,
    QUALIFIED_NAME,
    default_credential_guid,
)
from provider.model.known_apps import SOURCE, KnownApp

_CREDENTIAL_ADVICE: Final = (
    "Write it as the credential_wo attribute of the workflow, or reference a connection that has a credential."
)


def deciding_names(app: KnownApp) -> Iterable[str]:
    """Return the names of the inputs that ``missing_inputs`` needs."""
    names = (CONNECTION, QUALIFIED_NAME, CREDENTIAL, CREDENTIAL_GUID, EXTRACTION_METHOD)
    return (*names, *app.credential_inputs, *app.credential_needed_if)


def missing_inputs(
    app_id: str, app: KnownApp, contract: Contract, inputs: Mapping[str, Value], *, connection_exists: bool
) -> Iterator[InputFinding]:
    """Yield a warning for a missing connection, and for a missing credential.

    ``inputs`` are those of ``deciding_names`` that have a value. ``connection_exists`` is True if the workflow exists
    or references a connection, which may have a credential. Yield nothing about an input that the contract requires,
    because the check of the contract reports it.
    """
    if CONNECTION not in contract.required and not (inputs.get(CONNECTION) or inputs.get(QUALIFIED_NAME)):
        yield _warning(CONNECTION, f"every workflow of {app_id} has a connection")
    if not connection_exists and _needs_credential(app, inputs) and not _has_credential(app, inputs):
        fact = f"{app_id} signs in with a credential"
        if CREDENTIAL_GUID in app.credential_inputs:
            yield _warning(CREDENTIAL, fact, _CREDENTIAL_ADVICE)
        else:  # The service stores no credential for any other input.
            name = min(app.credential_inputs)
            yield _warning(name, fact, f"Set inputs.{name} to the guid of an atlan_credential.")


def _warning(name: str, fact: str, advice: str = "") -> InputFinding:
    summary = f"inputs.{name}: it is probably required, but missing"
    detail = f"The contract does not require it, but {fact}. Source: {SOURCE}."
    return InputFinding((name,), summary, "\n".join(filter(None, [detail, advice])), is_error=False)


def _needs_credential(app: KnownApp, inputs: Mapping[str, Value]) -> bool:
    """Return True if the app signs in by itself. A value that is unknown decides nothing."""
    if not app.credential_inputs or inputs.get(EXTRACTION_METHOD) in ("agent", Unknown):
        return False
    return all(inputs.get(name, app.defaults[name]) == value for name, value in app.credential_needed_if.items())


def _has_credential(app: KnownApp, inputs: Mapping[str, Value]) -> bool:
    if CREDENTIAL_GUID not in app.credential_inputs:
        return any(inputs.get(name) for name in app.credential_inputs)
    names = (CREDENTIAL, *app.credential_inputs)
    return any(inputs.get(name) for name in names) or bool(default_credential_guid(inputs.get(CONNECTION)))
