"""Warn in a plan about a filter that the app cannot read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from provider.framework import Finding, Value, warning
from provider.model.filter_shapes import FILTERS, Mismatch, mismatch
from provider.model.inputs import as_object
from provider.model.known_apps import SOURCE, known_apps
from provider.resources.app.attribute_paths import attribute_path
from provider.resources.app.schema import AppState

_MAX_NAME: Final = 80


def check(config: AppState, app_id: str, inputs: Mapping[str, Value]) -> Iterator[Finding]:
    """Yield a warning for each filter in another form than that of the app. ``inputs`` are those that are sent."""
    app = known_apps().get(app_id)
    shape = None if app is None else app.filter_shape
    for name in FILTERS:
        found = mismatch(shape, inputs.get(name))
        if found is not None:
            is_write_only = name in as_object(config["inputs_wo"])
            yield warning(
                f"inputs.{name}: {app_id} reads filters in another form",
                _detail(name, found, shows_name=not is_write_only),
                attribute_path(config, (name,)),
            )


def _detail(name: str, found: Mismatch, *, shows_name: bool) -> str:
    shown = found.name if shows_name else None
    where = "" if shown is None else f', at "{shown[:_MAX_NAME]}"'
    return (
        f"The app reads {found.expected}. This filter is or contains {found.found}{where}. The service accepts "
        f"it, and it matches nothing. Write {name} = {found.example}.\nSource: {SOURCE}."
    )
