"""Check the inputs of a plan against the contract, and report each finding on its attribute."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Final

from provider import errors
from provider.client.errors import AtlanError, NotFound, UnknownEntrypoint
from provider.contracts.unavailable import no_contract, no_entrypoint
from provider.framework import Finding, PlanContext, Value, same, terraform_command, timeouts, warning
from provider.model import write_only
from provider.model.connection import ASSET_CONNECTION
from provider.model.inputs import AGENT_JSON, CONNECTION, CREDENTIAL, CREDENTIAL_GUID, QUALIFIED_NAME
from provider.model.payload import Stored, to_publish
from provider.resources.app import publish
from provider.resources.app.attribute_paths import attribute_path, contains
from provider.resources.app.schema import AppState

if TYPE_CHECKING:
    from provider.contracts.messages import InputFinding
    from provider.provider_data import ProviderData

_FETCH_SECONDS: Final = 15.0


def check(
    ctx: PlanContext[AppState], data: ProviderData, current: AppState | None, planned: AppState
) -> Iterator[Finding]:
    """Yield what is wrong with the inputs that the apply will publish, or why they could not be checked."""
    from provider.contracts.check import check_inputs  # a plan that publishes nothing does not need the validator

    app_id, entrypoint = planned["app_id"], planned["entrypoint"]
    if not (isinstance(app_id, str) and isinstance(entrypoint, str | None)):
        return
    try:
        contract = data.contracts.fetch(app_id, entrypoint, seconds=_FETCH_SECONDS)
    except AtlanError as error:
        yield _not_checked(ctx, app_id, entrypoint, error)
        return
    rotates = current is None or not same(current["credential_wo_version"], planned["credential_wo_version"])
    inputs = to_publish(ctx.config, planned, Stored(), contract, sends_credential=rotates)
    if inputs is None:
        return
    present = {*inputs, QUALIFIED_NAME}  # the service fills in the qualified name on a create
    if current is not None and not present.issuperset(contract.required):
        present.update(_kept(ctx, data, current, planned) or contract.required)
    written = {
        name for each in (ctx.config["inputs"], ctx.config["inputs_wo"]) if isinstance(each, dict) for name in each
    }
    own = {CREDENTIAL_GUID} if CREDENTIAL in contract.properties else {CREDENTIAL_GUID, CREDENTIAL}
    checked = {name: value for name, value in inputs.items() if name in written or name not in own}
    for found in check_inputs(contract, checked, write_only=_secret_paths(ctx.config["inputs_wo"]), present=present):
        yield _on_attribute(ctx.config, found)


def _not_checked(ctx: PlanContext[AppState], app_id: str, entrypoint: str | None, error: AtlanError) -> Finding:
    """Return the finding for a contract that could not be fetched."""
    text = errors.error_text(ctx, error)
    if isinstance(error, NotFound):
        return _as_error(no_contract(app_id, text))
    if isinstance(error, UnknownEntrypoint):
        return _as_error(no_entrypoint(app_id, entrypoint, error.entrypoints, text))
    return warning(
        f"The inputs of {app_id} were not checked",
        f"Its input contract could not be read. The service checks the inputs when they are applied.\n\n{text}",
    )


def _kept(
    ctx: PlanContext[AppState], data: ProviderData, current: AppState, planned: AppState
) -> Collection[str] | None:
    """Return the names of all inputs after the update, or None if the workflow cannot be read."""
    client = data.client.with_timeout(timeouts.seconds({timeouts.NAME: current["timeouts"]}, "read"))
    try:
        workflow = client.get_workflow(current["slug"])
    except AtlanError:
        return None
    stored = publish.stored_inputs(ctx, current, workflow)
    return to_publish(ctx.config, planned, stored, None, sends_credential=False)


def _secret_paths(inputs_wo: Value) -> frozenset[tuple[str, ...]]:
    """Return the paths in the inputs whose values no message may show."""
    paths = write_only.leaves(inputs_wo) if inputs_wo else []
    return frozenset([*map(tuple, paths), (CREDENTIAL,), (AGENT_JSON,)])


def _on_attribute(config: AppState, found: InputFinding) -> Finding:
    """Return a finding about the inputs as one about the attribute that they came from."""
    detail = found.detail
    if found.path == (CONNECTION,) and not contains(config["inputs"], found.path):
        detail += f"\nWrite it as the {ASSET_CONNECTION} attribute of the workflow."
    finding = Finding(found.summary, detail, attribute_path(config, found.path), found.is_error)
    return _as_error(finding) if found.is_error else finding


def _as_error(finding: Finding) -> Finding:
    """Return an error, or a warning in the plan that a destroy begins with, which an error would end."""
    return finding._replace(is_error=not terraform_command.destroys())
