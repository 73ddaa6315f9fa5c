"""Check the inputs of a plan against the contract, and report each finding on its attribute."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Final

from provider import errors
from provider.client.errors import AtlanError, NotFound, UnknownEntrypoint
from provider.contracts.unavailable import no_contract, no_entrypoint
from provider.framework import Finding, PlanContext, Unknown, Value, collection_of_texts, deferred, same, warning
from provider.model.connection import ASSET_CONNECTION
from provider.model.inputs import (
    AGENT_JSON,
    CONNECTION,
    CREDENTIAL,
    QUALIFIED_NAME,
    RUNTIME_NAMES,
    SERVICE_NAMES,
    Inputs,
)
from provider.model.inputs import contains as has_input
from provider.model.known_apps import KnownApp, known_apps
from provider.model.payload import Stored, to_publish
from provider.model.unknown_inputs import Policy, as_policy
from provider.resources.app import existing_inputs, kept_inputs, own_credential, private_state
from provider.resources.app.attribute_paths import attribute_path, contains
from provider.resources.app.schema import SCHEMA, AppState

# A plan that publishes nothing does not need the validator.
with deferred("provider.contracts.check", "provider.contracts.known_requirements"):
    from provider.contracts import check as contract_check
    from provider.contracts import known_requirements

if TYPE_CHECKING:
    from provider.contracts.app_ids import AppIds
    from provider.contracts.messages import InputFinding
    from provider.contracts.schema import Contract
    from provider.contracts.schema_walker import InputPath
    from provider.provider_data import ProviderData

_FETCH_SECONDS: Final = 15.0
_MAY_LEAVE_OUT: Final = (
    " If the apply can read the contract, it names and leaves out the inputs that were set outside Terraform and that "
    "the contract forbids."
)
# This limit keeps the search for unknown keys in large inputs fast.
_MOST_VALUES: Final = 5_000


def check(
    ctx: PlanContext[AppState], data: ProviderData, current: AppState | None, planned: AppState
) -> Iterator[Finding]:
    """Yield a finding for each mistake in the inputs that the apply will publish. ``current`` is None for a create.

    If the contract could not be read, yield only a finding about it. If it depends on Unknown values, yield nothing.
    """
    app_id = planned["app_id"]
    contract = _fetch(ctx, data, app_id, planned["entrypoint"], exists=current is not None)
    if contract is None or isinstance(contract, Finding):
        yield from [] if contract is None else [contract]
        return
    again = own_credential.is_stored_again(ctx)
    rotates = current is None or not same(current["credential_wo_version"], planned["credential_wo_version"])
    payload = to_publish(ctx.config, planned, Stored(), contract, sends_credential=rotates, stored_again=again)
    if payload is None:
        return
    payload = payload._replace(checked=_undeclared_nulls(ctx, contract) | payload.checked)
    app, secret = known_apps().get(app_id), _secret_paths(ctx)
    accepted, existing = _accepted(app), existing_inputs.in_state(ctx, current)
    ignored = accepted | existing.key_paths
    unknown = contract_check.undeclared_keys(contract.walker, payload.checked, _MOST_VALUES, ignored)
    lacks = {*contract.required} - payload.present or (app and not payload.inputs.get(CONNECTION))
    names, entrypoint, is_needed = frozenset(payload.inputs), planned["entrypoint"], bool(unknown or lacks)
    workflow = yield from kept_inputs.check(ctx, data, contract, current, entrypoint, names, is_needed=is_needed)
    existing = existing_inputs.on_tenant(ctx, workflow, current, planned) if is_needed else existing
    present, accepted = payload.present | existing.present(contract), accepted | existing.key_paths
    policy = _policy(planned["unknown_inputs"], data, is_certain=existing.is_certain)
    check_inputs = partial(contract_check.check_inputs, write_only=secret, collection_at=partial(_collection_at, ctx))
    findings = check_inputs(contract, payload.checked, present=present, accepted=accepted, unknown_inputs=policy)
    if app is not None:
        after = payload if not (existing.exists or planned["adopt_existing"]) else existing.after
        if after:
            deciding = known_requirements.deciding_names(app)
            inputs = {name: after.inputs[name] for name in deciding if name in after.inputs}
            exists = existing.exists or _connection_exists(ctx)
            findings += known_requirements.missing_inputs(app_id, app, contract, inputs, connection_exists=exists)
        findings += contract_check.filter_findings(app_id, app.filter_shape, payload.inputs, secret, payload.encoded)
    yield from (_attribute_finding(ctx.config, contract, finding) for finding in _without_consequences(findings))


def _undeclared_nulls(ctx: PlanContext[AppState], contract: Contract) -> Inputs:
    """Return the configured nulls that the contract does not declare. They are not sent, but may be misspelled."""
    configured = (each for each in (ctx.config["inputs"], ctx.config["inputs_wo"]) if isinstance(each, dict))
    nulls = {name for each in configured for name, value in each.items() if value is None}
    return dict.fromkeys(nulls - contract.properties.keys())


def _collection_at(ctx: PlanContext[AppState], path: InputPath) -> str | None:
    """Return the kind of the collection of texts that contains the text at a path of the configured inputs."""
    return collection_of_texts(ctx.type_of("inputs"), path)


def _accepted(app: KnownApp | None) -> frozenset[InputPath]:
    """Return the inputs that no contract has to declare."""
    names = SERVICE_NAMES | RUNTIME_NAMES | (app.inputs if app is not None else frozenset())
    return frozenset((name,) for name in names)


def _without_consequences(findings: list[InputFinding]) -> list[InputFinding]:
    """Return the findings. A warning about an input is left out if the input has an error."""
    wrong = {each.path[:1] for each in findings if each.is_error}
    return [each for each in findings if each.is_error or each.path not in wrong]


def _fetch(
    ctx: PlanContext[AppState], data: ProviderData, app_id: Value, entrypoint: Value, *, exists: bool
) -> Contract | Finding | None:
    """Return the contract, or the finding for a contract that could not be fetched.

    Return None if the app or the entrypoint is Unknown, or if this plan has reported an error of the setup. Raises
    AtlanError if this one is the first.
    """
    if not (isinstance(app_id, str) and isinstance(entrypoint, str | None)):
        return None
    try:
        return data.contracts.fetch(app_id, entrypoint, seconds=_FETCH_SECONDS)
    except AtlanError as error:
        if data.setup_errors.raise_once(error):
            return None
        return _not_checked(ctx, data.app_ids, app_id, entrypoint, error, exists=exists)


def _not_checked(
    ctx: PlanContext[AppState],
    app_ids: AppIds,
    app_id: str,
    entrypoint: str | None,
    error: AtlanError,
    *,
    exists: bool,
) -> Finding:
    """Return the finding for a contract that could not be fetched. ``exists`` is False if the plan creates.

    The apply plans again. If it can read the contract, it leaves out what the contract forbids.
    """
    text = errors.error_text(ctx, error)
    if isinstance(error, NotFound):
        return no_contract(app_id, text, app_ids)
    if isinstance(error, UnknownEntrypoint):
        return no_entrypoint(app_id, entrypoint, error.entrypoints, text)
    return warning(
        f"The inputs of {app_id} were not checked",
        "Its input contract could not be read. The service checks the inputs when they are applied."
        f"{_MAY_LEAVE_OUT if exists else ''}\n\n{text}",
    )


def _policy(configured: Value, data: ProviderData, *, is_certain: bool) -> Policy:
    """Return the workflow's setting, or else the provider's. A setting that is not known yet blocks no plan.

    ``is_certain`` is False if the workflow may have inputs that are not known. Then a similar name is a warning.
    """
    if configured is Unknown:
        return "warning"
    policy = data.unknown_inputs if configured is None else as_policy(configured)
    return policy if is_certain or policy != "near" else "warning"


def _connection_exists(ctx: PlanContext[AppState]) -> bool:
    """Return True if the configuration may reference a connection that exists."""
    configured = ctx.config[ASSET_CONNECTION]
    if isinstance(configured, dict):
        return configured["qualified_name"] is not None
    written = ctx.config["inputs"], ctx.config["inputs_wo"]
    is_written = any(has_input(each, name) for each in written for name in (CONNECTION, QUALIFIED_NAME))
    return configured is not None or is_written


def _secret_paths(ctx: PlanContext[AppState]) -> frozenset[tuple[str, ...]]:
    """Return the paths of the inputs whose values must not appear in a message."""
    return frozenset([*map(tuple, private_state.configured_write_only_paths(ctx)), (CREDENTIAL,), (AGENT_JSON,)])


def _attribute_finding(config: AppState, contract: Contract, finding: InputFinding) -> Finding:
    """Return a finding about an input as a finding about the attribute from which the input comes."""
    detail, name = finding.detail, str(finding.path[0]) if len(finding.path) == 1 else ""
    if name in SCHEMA.by_name and name not in contract.properties:
        detail += f"\n{name} is an attribute of the workflow. Write it beside inputs, and not in it."
    if finding.path == (CONNECTION,) and not contains(config["inputs"], finding.path):
        detail += f"\nWrite the connection as the {ASSET_CONNECTION} attribute of the workflow."
    return Finding(finding.summary, detail, attribute_path(config, finding.path), finding.is_error)
