"""Warn about the inputs of an imported workflow that the configuration does not contain."""

from __future__ import annotations

from provider.framework import PlanContext
from provider.model.inputs import contains
from provider.resources.app import private_state
from provider.resources.app.schema import AppState


def warn_kept(ctx: PlanContext[AppState], current: AppState) -> None:
    """Warn in a plan about inputs that an import put into state, and that the configuration does not contain.

    Inputs that the apply leaves out have their own warning, so this is called after the check of the inputs.
    """
    before, configured, imported = current["inputs"], ctx.config["inputs"], private_state.imported_names(ctx)
    if not (imported and isinstance(before, dict) and isinstance(configured, dict | None)):
        return
    left_out = private_state.left_out_names(ctx)
    names = [name for name in imported if name in before and name not in left_out and not contains(configured, name)]
    if names:
        ctx.warn(
            f"Imported and not configured: {', '.join(names)}",
            f"{current['slug']} had these inputs before the import. They stay unchanged on the workflow and are not "
            "managed. To change an input, configure it.",
            ["inputs"],
        )
