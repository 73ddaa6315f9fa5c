"""The filters that a user could write for an app, in the form that the app reads."""

import json
from collections.abc import Mapping
from typing import Final

from provider.model.inputs import FILTERS
from provider.model.known_apps import FilterShape
from scripts.lib.app_facts.apps import App
from scripts.lib.shared.hcl import Anchored, JsonText, Value

_IDS: Final[Mapping[str, Value]] = {"8f14e45f": {}, "c9f0f895": {}}
_CATALOGS: Final[Mapping[str, Value]] = {"AwsDataCatalog": {"orders": {}, "customers": {"eu-central": {}}}}
_DATABASES: Final[Mapping[str, Value]] = {"analytics": ["sales", "marketing"], "staging": []}
_INCLUDED: Final[dict[FilterShape, Value]] = {
    "anchored": Anchored(_DATABASES),
    "nested": _IDS,
    "lists": _DATABASES,
    "projects": {"71": ["401", "402"], "72": []},
    "as_given": _DATABASES,
    "expression": "orders_.*|customers",
    "expressions": "orders_.*,customers",
}
_EXCLUDED: Final[dict[FilterShape, Value]] = {
    "anchored": Anchored({"scratch": ["tmp"]}),
    "nested": {"45c48cce": {}},
    "lists": {"scratch": ["tmp"]},
    "projects": {"73": []},
    "as_given": {"scratch": ["tmp"]},
    "expression": "tmp_.*",
    "expressions": "tmp_.*",
}


def is_filter(app: App, name: str) -> bool:
    """Return True for an app's ``include_filter`` and ``exclude_filter``."""
    return app.filter_shape is not None and name in FILTERS


def given(app: App, name: str, *, text: bool) -> Value:
    """Return a filter. With `text` it is JSON text, if the app reads that. A filter of excluded assets is often empty.

    Raises ValueError if the app has no filter.
    """
    if app.filter_shape is None:
        raise ValueError(f"{app.app_id} has no filter")
    chosen = (_INCLUDED if name == "include_filter" else _EXCLUDED)[app.filter_shape]
    if isinstance(chosen, str):
        return chosen
    if app.app_id == "atlan-glue" and name == "include_filter":
        chosen = _CATALOGS
    if name == "exclude_filter" and app.number % 3 == 0:
        chosen = {}
    return JsonText(chosen) if text and app.filter_shape != "lists" else chosen


def another(app: App, value: Value) -> Value:
    """Return another filter in the same form: with one name more, or another expression."""
    match value:
        case JsonText(inner):
            return JsonText(another(app, inner))
        case "{}":
            return JsonText(another(app, {}))
        case Anchored(inner):
            return Anchored(_with_one_more(app, inner))
        case Mapping():
            return Anchored(added) if (added := _with_one_more(app, value)) and _is_anchored(app) else added
        case _:
            return f"{value or ''}_edited"


def _is_anchored(app: App) -> bool:
    return app.filter_shape == "anchored"


def _with_one_more(app: App, value: Value) -> Mapping[str, Value]:
    names = value if isinstance(value, Mapping) else {}
    return {**names, f"added {len(names)}": {} if app.filter_shape == "nested" else ["here"]}


def names(value: Value) -> Value:
    """Return the names in a filter, without its JSON text and its function."""
    return names(value.value) if isinstance(value, JsonText | Anchored) else value


def sent(value: Value) -> Value:
    """Return a configured value as it is sent: names are anchored, and JSON text is a text."""
    match value:
        case JsonText(inner):
            return json.dumps(sent(inner))
        case Anchored(inner):
            return _anchored(inner)
        case Mapping():
            return {name: sent(each) for name, each in value.items()}
        case list():
            return [sent(each) for each in value]
        case _:
            return value


def _anchored(value: Value) -> Value:
    """Return the names, which have no special characters, as anchored expressions."""
    match value:
        case Mapping():
            return {f"^{name}$": _anchored(each) for name, each in value.items()}
        case list():
            return [f"^{each}$" for each in value]
        case _:
            return value
