"""Report keys of a workflow's inputs that the service distinguishes and Terraform does not (see ``normal_form``)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Final

from provider.framework import Context, Finding, Unknown, UserError, Value
from provider.model.inputs import as_object
from provider.model.json_inputs import NullElement, merged
from provider.model.normal_form import (
    EQUAL_KEYS_REASON,
    inputs_with_equal_keys,
    is_normalized,
    normalized,
    spellings,
)
from provider.model.spelling import changes_equal_keys
from provider.resources.app.schema import AppState

if TYPE_CHECKING:
    from provider.client.responses import Workflow
    from provider.model.payload import Stored

_REASON: Final = f"{EQUAL_KEYS_REASON} on the workflow and are not managed. Remove one of them in the web UI."


def warn(
    ctx: Context[AppState],
    workflow: Workflow,
    configured: Value,
    left_out: Callable[[], AbstractSet[str]] = frozenset,
) -> bool:
    """Warn about inputs that have equal keys, and return True if there are any.

    Inputs that are not in ``configured`` are named only if they themselves are equal. If it is None, all are named.
    ``left_out`` returns the equal keys that an update leaves out. They are not named, because the plan names them.
    """
    inputs = workflow.inputs or {}
    if is_normalized(inputs):
        return False
    found, names = inputs_with_equal_keys(inputs), spellings(inputs)
    if configured is not None:
        found = [name for name in found if len(names[name]) > 1 or name in as_object(configured)]
    removed = left_out() if any(len(names[name]) > 1 for name in found) else frozenset[str]()
    shown = [name for name in found if not removed >= {*names[name]}]
    if shown:
        ctx.warn(f"{workflow.slug} has two keys that are one in Terraform: {', '.join(shown)}", _REASON)
    return bool(found)


def without(workflow: Workflow, configured: Value) -> Workflow:
    """Return the workflow with its inputs as Terraform knows them. An equal key has its configured value."""
    if workflow.inputs is None or is_normalized(workflow.inputs):
        return workflow
    return workflow.model_copy(update={"inputs": normalized(workflow.inputs, configured)})


def check(ctx: Context[AppState], slug: str, stored: Stored) -> Iterator[Finding]:
    """Yield an error for each input that would change or remove equal keys of the workflow's inputs."""
    if stored.inputs is None or is_normalized(dict(stored.inputs)) or not isinstance(ctx.config["inputs"], dict | None):
        return
    inputs, inputs_wo = as_object(ctx.config["inputs"]), as_object(ctx.config["inputs_wo"])
    found = spellings(stored.inputs)
    for name in {**stored.managed, **inputs, **inputs_wo}:
        names, value = found.get(name, []), _configured(inputs.get(name), inputs_wo.get(name))
        is_equal_key = len(names) > 1 and value is not None
        if is_equal_key or (len(names) == 1 and changes_equal_keys(value, stored.inputs[names[0]])):
            yield _refused("inputs_wo" if inputs.get(name) is None and value is not None else "inputs", name, slug)


def _configured(value: Value, write_only: Value) -> Value:
    """Return the configured value of an input. Null in a list is reported elsewhere, and makes it Unknown here."""
    try:
        return merged(value, write_only)
    except NullElement:
        return Unknown


def _refused(attribute: str, name: str, slug: str) -> Finding:
    return Finding(
        f"{attribute}.{name} would change or remove two keys of {slug}",
        f"{_REASON} Or configure the input without these keys, as a refresh reads it.",
        [attribute, (name,)],
    )


def refuse(ctx: Context[AppState], stored: Stored) -> None:
    """Raise UserError if an input would change or remove equal keys of the workflow's inputs."""
    for finding in check(ctx, "the workflow", stored):
        raise UserError.of(finding)
