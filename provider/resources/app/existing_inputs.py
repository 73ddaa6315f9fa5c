"""The inputs of an existing workflow, as far as a plan needs them to check the inputs that the apply will publish."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from provider.client.errors import AtlanError
from provider.framework import PlanContext, Value, timeouts
from provider.model.json_inputs import as_json
from provider.model.normal_form import normalized
from provider.model.payload import Payload, to_publish
from provider.resources.app import private_state, publish
from provider.resources.app.schema import AppState

if TYPE_CHECKING:
    from provider.client.responses import Workflow
    from provider.contracts.schema import Contract
    from provider.contracts.schema_walker import InputPath
    from provider.provider_data import ProviderData


class ExistingInputs(NamedTuple):
    """The inputs of a workflow. ``exists`` is False if the apply will create it, and then nothing else is set.

    ``key_paths`` are the paths of the keys that its inputs have. ``after`` is what it contains after the publish, None
    if that is not known. ``is_certain`` is False if it may have inputs that are not in ``key_paths``.
    """

    exists: bool = False
    key_paths: frozenset[InputPath] = frozenset()
    after: Payload | None = None
    is_certain: bool = True

    def present(self, contract: Contract) -> frozenset[str]:
        """Return the names of the inputs after the publish. If they are not known, none of the contract is missing."""
        if self.after is not None:
            return self.after.present
        return frozenset(contract.required) if self.exists else frozenset()


def in_state(ctx: PlanContext[AppState], current: AppState | None) -> ExistingInputs:
    """Return the inputs that state and private state contain. Sends no request."""
    if current is None:
        return ExistingInputs()
    written = [*_key_paths(current["inputs"]), *map(tuple, private_state.write_only_paths(ctx))]
    return ExistingInputs(exists=True, key_paths=frozenset(written))


def on_tenant(
    ctx: PlanContext[AppState], workflow: Workflow | None, current: AppState | None, planned: AppState
) -> ExistingInputs:
    """Return the inputs that the workflow has on the tenant. If they could not be read, return those in state."""
    before = in_state(ctx, current)
    if current is None:
        return before
    if workflow is None or workflow.inputs is None:
        return before._replace(is_certain=False)
    stored = publish.stored_inputs(ctx, current, workflow.inputs)
    payload = to_publish(ctx.config, planned, stored, None, sends_credential=False)
    after = payload if payload is not None and payload.inputs else None
    return before._replace(key_paths=before.key_paths.union(_key_paths(normalized(workflow.inputs))), after=after)


def read(data: ProviderData, current: AppState) -> Workflow | None:
    """Return the workflow with its inputs, or None if it cannot be read."""
    client = data.client.with_timeout(timeouts.seconds({timeouts.NAME: current["timeouts"]}, "read"))
    try:
        return client.get_workflow(current["slug"])
    except AtlanError as error:
        data.setup_errors.raise_once(error)
        return None


def _key_paths(value: Value, path: InputPath = ()) -> Iterator[InputPath]:
    """Yield the path of each key with a value, also of those in JSON text and in lists."""
    opened = as_json(value)
    items = opened.items() if isinstance(opened, dict) else enumerate(opened) if isinstance(opened, list) else ()
    for step, item in items:
        if isinstance(step, str) and item is not None:
            yield (*path, step)
        yield from _key_paths(item, (*path, step))
