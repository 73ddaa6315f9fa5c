"""Check the inputs of a workflow that an update keeps: those that are not configured, and that others have set.

If the contract forbids such an input, the service would refuse every update of the workflow, and no configuration could
correct that. So the apply leaves it out, but only if the contract is certainly that of the workflow. The plan names the
inputs, and private state contains their names for the apply.
"""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from provider.client.errors import AtlanError
from provider.framework import Finding, PlanContext, Value, nfc, warning
from provider.model.inputs import SERVICE_NAMES, Inputs, as_object
from provider.model.normal_form import spellings
from provider.model.payload import Stored, in_form, kept
from provider.resources.app import equal_keys, existing_inputs, private_state, publish
from provider.resources.app.schema import AppState

if TYPE_CHECKING:
    from provider.client.responses import Workflow
    from provider.contracts.schema import Contract
    from provider.contracts.violations import Violation
    from provider.provider_data import ProviderData


_FETCH_SECONDS: Final = 15.0

# Keywords at the top of a contract that refuse no input, besides ``properties``.
_HARMLESS_KEYWORDS: Final = frozenset({"$schema", "$defs", "title", "description", "type", "properties", "required"})


def may_refuse(contract: Contract, configured: Collection[str]) -> bool:
    """Return True if the contract can refuse an input that is not configured. Otherwise no workflow has to be read."""
    return bool(contract.schema.keys() - _HARMLESS_KEYWORDS) or not contract.properties.keys() <= {*configured}


def check(
    ctx: PlanContext[AppState],
    data: ProviderData,
    contract: Contract,
    current: AppState | None,
    entrypoint: Value,
    configured: Collection[str],
    *,
    is_needed: bool,
) -> Generator[Finding, None, Workflow | None]:
    """Yield warnings about kept inputs that the contract refuses. Record those that the apply leaves out.

    Return the workflow if it was read, or else None: the workflow is new, the read failed, or there is no need for it.
    ``is_needed`` is True if the caller needs the workflow. ``configured`` are the names of the other inputs.
    """
    if current is None or not (is_needed or may_refuse(contract, configured)):
        return None
    workflow = existing_inputs.read(data, current)
    if workflow is not None:
        stored = publish.stored_inputs(ctx, current, workflow.inputs)
        yield from equal_keys.check(ctx, workflow.slug, stored)
        yield from _check(ctx, data, contract, stored, current, entrypoint, configured)
    return workflow


def _check(
    ctx: PlanContext[AppState],
    data: ProviderData,
    contract: Contract,
    stored: Stored,
    current: AppState,
    entrypoint: Value,
    configured: Collection[str],
) -> Iterator[Finding]:
    """Yield the warnings about a workflow. A message never shows a value."""
    from provider.contracts.check import refusals

    app_id, slug = current["app_id"], current["slug"]
    inputs = {name: value for name, value in kept(stored, configured).items() if name not in SERVICE_NAMES}
    found = refusals(contract, in_form(inputs, contract, app_id), configured)
    forbidden = sorted({str(each.path[0]) for each in found if _forbids(each)})
    wrong = sorted({str(each.path[0]) for each in found} - {*forbidden})
    if forbidden and _is_certain(data, app_id, entrypoint):
        private_state.remember_left_out(ctx, forbidden)
        yield _left_out(slug, app_id, forbidden)
    elif forbidden:
        yield _uncertain(slug, app_id, forbidden)
    if wrong:
        yield _wrong(slug, wrong)


def left_out_equal_keys(data: ProviderData, workflow: Workflow, current: AppState) -> frozenset[str]:
    """Return the equal keys among the names of a workflow's inputs that the next update leaves out.

    If the contract cannot be read, an update keeps them. Raises AtlanError if the setup is wrong.
    """
    found = spellings(workflow.inputs or {}).values()
    inputs: Inputs = {name: (workflow.inputs or {})[name] for names in found if len(names) > 1 for name in names}
    if not inputs or not data.validates_inputs:
        return frozenset()
    try:
        contract = data.contracts.fetch(current["app_id"], current["entrypoint"], seconds=_FETCH_SECONDS)
    except AtlanError as error:
        data.setup_errors.raise_once(error)
        return frozenset()
    from provider.contracts.check import refusals

    violations = refusals(contract, in_form(inputs, contract, current["app_id"]), as_object(current["inputs"]))
    forbidden = frozenset(str(each.path[0]) for each in violations if _forbids(each))
    return forbidden if forbidden and _is_certain(data, current["app_id"], current["entrypoint"]) else frozenset()


def _forbids(violation: Violation) -> bool:
    """Return True if the contract refuses the name of an input, and not its value."""
    from provider.contracts.violations import NOT_ALLOWED, UNKNOWN_KEY

    return len(violation.path) == 1 and violation.keyword in (UNKNOWN_KEY, NOT_ALLOWED, "propertyNames")


def _is_certain(data: ProviderData, app_id: str, entrypoint: Value) -> bool:
    """Return True if the contract is that of the workflow: the entrypoint is configured, or the app has only one."""
    if entrypoint is not None:
        return True
    try:
        return len(data.client.describe_app(app_id).entrypoints) == 1
    except AtlanError as error:
        data.setup_errors.raise_once(error)
        return False


def _listed(names: Sequence[str]) -> str:
    """Return names as a message shows them. Equal keys look the same, so they are shown once."""
    return ", ".join(dict.fromkeys(map(nfc, names)))


def _left_out(slug: str, app_id: str, names: Sequence[str]) -> Finding:
    return warning(
        f"The apply leaves out inputs of {slug}: {_listed(names)}",
        f"The contract of {app_id} forbids these inputs, so the service refuses every version that contains them. They "
        "are not configured. They were set outside Terraform, probably before the contract changed. The next version "
        "does not contain them.",
        ["inputs"],
    )


def _uncertain(slug: str, app_id: str, names: Sequence[str]) -> Finding:
    return warning(
        f"Inputs of {slug} may not be allowed: {_listed(names)}",
        f"They were set outside Terraform, and the contract of {app_id} forbids them. But the service does not say "
        "which entrypoint the workflow runs, so the contract may be that of another one, and the apply keeps the "
        "inputs. The service may refuse the update. Configure entrypoint, and the apply leaves out what its contract "
        "forbids.",
        ["entrypoint"],
    )


def _wrong(slug: str, names: Sequence[str]) -> Finding:
    return warning(
        f"Inputs of {slug} have a value that is not allowed any more: {_listed(names)}",
        "They were set outside Terraform and are not configured, so the apply keeps their values. The contract does "
        "not allow the values, so the service probably refuses the update. Configure these inputs in inputs.",
        ["inputs"],
    )
