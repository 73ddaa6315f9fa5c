"""The form of the filters of each known app, for the guide about filters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from provider.contracts.filter_shapes import FORMS
from provider.model.known_apps import FilterShape, known_apps

_UNCHECKED: Final[Mapping[FilterShape, str]] = {
    "projects": "projects and jobs, as the web UI submits them. `include_filter_core` and `exclude_filter_core` take "
    "text",
    "as_given": "an object or its JSON text. It is not verified whether the app reads names or anchored expressions",
}
"""The end of the sentence "The app reads", for the forms that a plan does not check."""
_EXAMPLES: Final[Mapping[FilterShape, str]] = {
    "anchored": '`provider::atlan::anchored_filter({ "database" = ["schema"] })`',
    "nested": '`provider::atlan::nested_filter({ "catalog" = ["database"] })`; for ids `{ "id" = {} }`',
    "lists": '`{ "catalog" = ["schema"] }`',
    "projects": '`{ "project id" = ["job id"] }`',
    "as_given": '`{ "database" = ["schema"] }`',
    "expression": '`"orders_.*"`',
    "expressions": '`"sales_.*,orders_.*"`',
}
"""HCL that writes each form, as Markdown."""


class Form(NamedTuple):
    """One form: a noun phrase, Markdown with HCL that writes it, the ids of its apps, and whether a plan checks it."""

    what: str
    example: str
    app_ids: list[str]
    is_checked: bool


def forms() -> list[Form]:
    """Return the forms that the known apps read. The form with the most apps is the first one."""
    app_ids: dict[FilterShape, list[str]] = {}
    for app_id, app in sorted(known_apps().items()):
        if app.filter_shape is not None:
            app_ids.setdefault(app.filter_shape, []).append(app_id)
    found = [_form(shape, ids) for shape, ids in app_ids.items()]
    return sorted(found, key=lambda form: -len(form.app_ids))


def _form(shape: FilterShape, app_ids: list[str]) -> Form:
    checked = FORMS.get(shape)
    what = checked.what if checked is not None else _UNCHECKED[shape]
    return Form(what, _EXAMPLES[shape], app_ids, checked is not None)
