"""Validate the configuration of a workflow without sending a request."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from provider.framework import Finding, Unknown, UnknownType, Value, timeouts, warning
from provider.model import connection, credential, null_elements
from provider.model.connection import ASSET_CONNECTION
from provider.model.inputs import CONNECTION, CREDENTIAL, CREDENTIAL_GUID, as_object, contains
from provider.model.write_only import in_both
from provider.resources.app import credential_fields
from provider.resources.app.schema import AppState

_RAW_CREDENTIALS: Final = (CREDENTIAL, CREDENTIAL_GUID)


def check(config: AppState) -> Iterable[Finding]:
    """Yield a finding for each mistake in the configuration. Unknown values are checked once they are known."""
    yield from _check_inputs(config["inputs"], config["inputs_wo"])
    yield from timeouts.check(config)
    yield from _check_connection(config)
    yield from _check_credential(config)
    yield from credential_fields.check(config)
    yield from _check_shared_credential(config)
    yield from _check_versions(config)


def _check_inputs(inputs: Value, inputs_wo: Value) -> Iterable[Finding]:
    for name, value in (("inputs", inputs), ("inputs_wo", inputs_wo)):
        if not isinstance(value, dict | UnknownType | None):
            yield Finding(
                f"{name} is not an object",
                "Write it as an object of the inputs that the app's contract names, such as "
                f"{name} = {{ connection = … }}, and not as its JSON text.",
                [name],
            )
    yield from null_elements.check_inputs(inputs, inputs_wo)
    for path in in_both(inputs, inputs_wo) if as_object(inputs_wo) else ():
        yield _in_both(path, inputs)
    if contains(inputs, CREDENTIAL):
        yield warning(
            "A credential in inputs is stored in state",
            "Everyone who can read the state can read the secret. Write the credential as credential_wo instead, which "
            "the service stores and state never contains.",
            ["inputs", (CREDENTIAL,)],
        )


def _in_both(path: list[str], inputs: Value) -> Finding:
    # Imported here, because most launches do not need it.
    from provider.contracts import formatting

    place = formatting.path_text(tuple(path), inputs)
    numbered = f" {formatting.KEYS_ARE_NUMBERED}" if formatting.has_numbered_key(place) else ""
    return Finding(
        f"{place} is in inputs_wo, too",
        f"Only one of the two values would be used. Keep it in inputs_wo if it is a secret.{numbered}",
        ["inputs", *((key,) for key in path[:1])],
    )


def _check_connection(config: AppState) -> Iterable[Finding]:
    configured = config[ASSET_CONNECTION]
    if not isinstance(configured, dict):
        return
    if contains(config["inputs"], CONNECTION) or contains(config["inputs_wo"], CONNECTION):
        why = (
            f"The attribute {ASSET_CONNECTION} and the input connection configure the same connection. Keep the "
            "attribute."
        )
        yield Finding("Two connections", why, [ASSET_CONNECTION])
    yield from connection.check(configured)


def _check_credential(config: AppState) -> Iterable[Finding]:
    inputs, credential_wo = as_object(config["inputs"]), config["credential_wo"]
    attributes = (("credential_wo", credential_wo), ("credential_guid", config["credential_guid"]))
    given = [name for name, value in attributes if _is_given(value)]
    raw = [f"inputs.{name}" for name in _RAW_CREDENTIALS if _is_given(inputs.get(name) or None)]
    if given and len(given + raw) > 1:
        yield Finding("Two credentials", f"Keep one of {' and '.join(given + raw)}.", [given[0]])
    if contains(config["inputs_wo"], CREDENTIAL):
        yield Finding(
            "A credential in inputs_wo",
            "Every publish would store the credential again. Write it as credential_wo, which is sent once, and again "
            "only if credential_wo_version changes.",
            ["inputs_wo"],
        )
    if isinstance(credential_wo, dict):
        yield from credential.check_extra("extra", credential_wo["extra"], ["credential_wo"])
    methods = [as_object(each).get("extraction_method") for each in (inputs, config["inputs_wo"])]
    if credential_wo is not None and "agent" in methods:
        yield Finding(
            "An agent uses its own credential",
            'With extraction_method = "agent" no credential may be sent: the agent uses the credential that '
            "agent_json names. Remove credential_wo.",
            ["credential_wo"],
        )


def _check_shared_credential(config: AppState) -> Iterable[Finding]:
    if not _is_given(config["credential_guid"]):
        return
    configured, written = config[ASSET_CONNECTION], (config["inputs"], config["inputs_wo"])
    if isinstance(configured, dict) and configured["qualified_name"] is None:
        yield Finding(
            "credential_guid needs an existing connection",
            "A stored credential is shared through its connection. Reference that connection by its qualified_name, "
            "or use credential_wo.",
            ["credential_guid"],
        )
    in_inputs = Unknown in written or any(contains(each, CONNECTION) for each in written)
    if configured is None and not in_inputs:
        yield Finding(
            "credential_guid needs a connection",
            "A stored credential is shared through its connection. Reference that connection: "
            f'{ASSET_CONNECTION} = {{ qualified_name = "default/<connector>/<number>" }}.',
            ["credential_guid"],
        )


def _check_versions(config: AppState) -> Iterable[Finding]:
    """Yield a warning for a write-only attribute without its version, and for a version without its attribute."""
    for name, value, version in (
        ("credential_wo", config["credential_wo"], config["credential_wo_version"]),
        ("inputs_wo", config["inputs_wo"], config["inputs_wo_version"]),
    ):
        if _is_given(value) and version is None:
            yield warning(
                f"{name} has no {name}_version",
                f"Terraform does not store {name}, so it cannot see a change. Set {name}_version to a number, and "
                "change it with every new value.",
                [name],
            )
        if value is None and version is not None:
            yield warning(
                f"{name}_version has no {name}",
                f"A change of the version would publish the workflow again without {name}. Configure {name}, or remove "
                f"{name}_version.",
                [f"{name}_version"],
            )


def _is_given(value: Value) -> bool:
    """Return True if a value is known and not null. An Unknown value may become null, so it is checked later."""
    return value is not None and value is not Unknown
