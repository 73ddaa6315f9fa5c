"""Report keys of a workflow's inputs that the service distinguishes and Terraform does not (see ``normal_form``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from provider.framework import Context, Finding, UserError, Value
from provider.model.inputs import as_object
from provider.model.normal_form import (
    contains_equal_key,
    inputs_with_equal_keys,
    is_normalized,
    normalized,
    spellings,
)
from provider.resources.app.schema import AppState

if TYPE_CHECKING:
    from provider.client.responses import Workflow

_REASON: Final = (
    "Both keys look the same and have different characters, such as é as one character, and as e with an accent. "
    "Terraform cannot distinguish them, because it keeps all text in Unicode NFC. So both stay as they are on the "
    "workflow and are not managed. Remove one of them in the web UI."
)


def warn(ctx: Context[AppState], workflow: Workflow, configured: Value) -> bool:
    """Warn about inputs that have equal keys, and return True if there are any.

    Inputs that are not in ``configured`` are named only if they themselves are equal. If it is None, all are named.
    """
    inputs = workflow.inputs or {}
    if is_normalized(inputs):
        return False
    found, names = inputs_with_equal_keys(inputs), spellings(inputs)
    if configured is not None:
        found = [name for name in found if len(names[name]) > 1 or name in as_object(configured)]
    if found:
        ctx.warn(f"{workflow.slug} has two keys that are one in Terraform: {', '.join(found)}", _REASON)
    return bool(found)


def without(workflow: Workflow, configured: Value) -> Workflow:
    """Return the workflow with its inputs as Terraform knows them. An equal key has its configured value."""
    if workflow.inputs is None or is_normalized(workflow.inputs):
        return workflow
    return workflow.model_copy(update={"inputs": normalized(workflow.inputs, configured)})


def check(ctx: Context[AppState], slug: str, stored: Mapping[str, Value] | None) -> Iterator[Finding]:
    """Yield an error for each configured input that would change equal keys of the workflow's inputs."""
    if stored is None or is_normalized(stored):
        return
    for attribute, configured in (("inputs", ctx.config["inputs"]), ("inputs_wo", ctx.config["inputs_wo"])):
        for name, value in as_object(configured).items():
            if contains_equal_key({name: value}, dict(stored)):
                yield Finding(
                    f"{attribute}.{name} stands for two keys of {slug}",
                    f"{_REASON} Or remove the key from the configuration.",
                    [attribute, (name,)],
                )


def refuse(ctx: Context[AppState], stored: Mapping[str, Value] | None) -> None:
    """Raise UserError if a configured input would change equal keys of the workflow's inputs."""
    for finding in check(ctx, "the workflow", stored):
        raise UserError.of(finding)
