"""Check the inputs of a plan against the contract, and report each finding on its attribute."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from provider import errors
from provider.client.errors import AtlanError, NotFound, UnknownEntrypoint
from provider.contracts.unavailable import no_contract, no_entrypoint
from provider.framework import Finding, PlanContext, Unknown, Value, same, terraform_command, timeouts, warning
from provider.model import write_only
from provider.model.connection import ASSET_CONNECTION
from provider.model.inputs import AGENT_JSON, CONNECTION, CREDENTIAL, RUNTIME_NAMES, SERVICE_NAMES, as_object
from provider.model.known_apps import known_apps
from provider.model.payload import Stored, to_publish
from provider.model.unknown_inputs import Policy, as_policy
from provider.resources.app import private_state, publish
from provider.resources.app.attribute_paths import attribute_path, contains
from provider.resources.app.schema import AppState

if TYPE_CHECKING:
    from provider.contracts.app_ids import AppIds
    from provider.contracts.messages import InputFinding
    from provider.contracts.schema import Contract
    from provider.provider_data import ProviderData

_FETCH_SECONDS: Final = 15.0


def check(
    ctx: PlanContext[AppState], data: ProviderData, current: AppState | None, planned: AppState
) -> Iterator[Finding]:
    """Yield a finding for each mistake in the inputs that the apply will publish.

    If the contract could not be read, yield only a finding about the contract. If the app or the entrypoint is unknown,
    yield nothing.
    """
    # Imported here, because a plan that publishes nothing does not need the validator.
    from provider.contracts.check import check_inputs, filter_findings
    from provider.contracts.known_requirements import deciding_names, missing_inputs

    app_id, entrypoint = planned["app_id"], planned["entrypoint"]
    if not (isinstance(app_id, str) and isinstance(entrypoint, str | None)):
        return
    contract = _fetch(ctx, data, app_id, entrypoint)
    if isinstance(contract, Finding):
        yield contract
        return
    rotates = current is None or not same(current["credential_wo_version"], planned["credential_wo_version"])
    again = private_state.has_own_credential(ctx)
    payload = to_publish(ctx.config, planned, Stored(), contract, sends_credential=rotates, stored_again=again)
    if payload is None:
        return
    app, secret = known_apps().get(app_id), _secret_paths(ctx.config["inputs_wo"])
    present, accepted = payload.present, SERVICE_NAMES | RUNTIME_NAMES | (app.inputs if app else frozenset())
    if current is not None and not _is_explained(contract, present, accepted):
        after, stored_names = _names_after_update(ctx, data, current, planned)
        present, accepted = present | (after or frozenset(contract.required)), accepted | stored_names
    policy = _policy(planned["unknown_inputs"], data)
    findings = check_inputs(
        contract, payload.checked, write_only=secret, present=present, accepted=accepted, unknown_inputs=policy
    )
    if app is not None and current is None and not planned["adopt_existing"]:
        inputs = {name: payload.inputs[name] for name in deciding_names(app) if name in payload.inputs}
        findings += missing_inputs(app_id, app, contract, inputs, connection_exists=_connection_exists(ctx))
    if app is not None:
        findings += filter_findings(app_id, app.filter_shape, payload.inputs, secret)
    yield from (_attribute_finding(ctx.config, finding) for finding in _without_consequences(findings))


def _without_consequences(findings: list[InputFinding]) -> list[InputFinding]:
    """Return the findings. A warning about an input is left out if the input has an error."""
    wrong = {each.path[:1] for each in findings if each.is_error}
    return [each for each in findings if each.is_error or each.path not in wrong]


def _fetch(ctx: PlanContext[AppState], data: ProviderData, app_id: str, entrypoint: str | None) -> Contract | Finding:
    """Return the contract, or the finding for a contract that could not be fetched."""
    try:
        return data.contracts.fetch(app_id, entrypoint, seconds=_FETCH_SECONDS)
    except AtlanError as error:
        return _not_checked(ctx, data.app_ids, app_id, entrypoint, error)


def _not_checked(
    ctx: PlanContext[AppState], app_ids: AppIds, app_id: str, entrypoint: str | None, error: AtlanError
) -> Finding:
    """Return the finding for a contract that could not be fetched."""
    text = errors.error_text(ctx, error)
    if isinstance(error, NotFound):
        return _as_error(no_contract(app_id, text, app_ids))
    if isinstance(error, UnknownEntrypoint):
        return _as_error(no_entrypoint(app_id, entrypoint, error.entrypoints, text))
    return warning(
        f"The inputs of {app_id} were not checked",
        f"Its input contract could not be read. The service checks the inputs when they are applied.\n\n{text}",
    )


def _policy(configured: Value, data: ProviderData) -> Policy:
    """Return the workflow's setting, or else the provider's. A setting that is not known yet blocks no plan."""
    if configured is Unknown:
        return "warning"
    return data.unknown_inputs if configured is None else as_policy(configured)


def _is_explained(contract: Contract, present: frozenset[str], accepted: frozenset[str]) -> bool:
    """Return True if no input of the workflow can be missing or unknown."""
    from provider.contracts.check import undeclared_names

    return present.issuperset(contract.required) and not undeclared_names(contract, present, accepted)


def _names_after_update(
    ctx: PlanContext[AppState], data: ProviderData, current: AppState, planned: AppState
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names of all inputs after the update, and of the inputs that the workflow has now.

    Both are empty if they are not known or cannot be read.
    """
    client = data.client.with_timeout(timeouts.seconds({timeouts.NAME: current["timeouts"]}, "read"))
    try:
        workflow = client.get_workflow(current["slug"])
    except AtlanError:
        return frozenset(), frozenset()
    stored = publish.stored_inputs(ctx, current, workflow)
    payload = to_publish(ctx.config, planned, stored, None, sends_credential=False)
    present = payload.present if payload is not None and payload.inputs else frozenset()
    return present, frozenset(stored.inputs or ())


def _connection_exists(ctx: PlanContext[AppState]) -> bool:
    """Return True if the configuration may reference a connection that exists."""
    configured = ctx.config[ASSET_CONNECTION]
    if isinstance(configured, dict):
        return configured["qualified_name"] is not None
    return configured is not None or any(CONNECTION in as_object(ctx.config[each]) for each in ("inputs", "inputs_wo"))


def _secret_paths(inputs_wo: Value) -> frozenset[tuple[str, ...]]:
    """Return the paths of the inputs whose values must not appear in a message."""
    paths = write_only.leaf_paths(inputs_wo) if inputs_wo else []
    return frozenset([*map(tuple, paths), (CREDENTIAL,), (AGENT_JSON,)])


def _attribute_finding(config: AppState, finding: InputFinding) -> Finding:
    """Return a finding about an input as a finding about the attribute from which the input comes."""
    detail = finding.detail
    if finding.path == (CONNECTION,) and not contains(config["inputs"], finding.path):
        detail += f"\nWrite the connection as the {ASSET_CONNECTION} attribute of the workflow."
    result = Finding(finding.summary, detail, attribute_path(config, finding.path), finding.is_error)
    return _as_error(result) if finding.is_error else result


def _as_error(finding: Finding) -> Finding:
    """Return the finding as an error. In the plan at the start of a destroy, return a warning.

    An error in that plan would prevent the destroy.
    """
    return finding._replace(is_error=not terraform_command.destroys())
