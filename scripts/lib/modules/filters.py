"""The filters of an app as variables of its module: plain names, which the module writes in the form of the app."""

from typing import Final

from scripts.lib.app_facts import filters
from scripts.lib.app_facts.apps import App
from scripts.lib.shared.hcl import Value

TYPES: Final = {
    "anchored": "map(list(string))",
    "catalogs": "map(list(string))",
    "ids": "list(string)",
    "lists": "map(list(string))",
    "projects": "any",
}
SENT: Final = {
    "anchored": "jsonencode(provider::atlan::anchored_filter({0}))",
    "catalogs": "jsonencode(provider::atlan::nested_filter({0}))",
    "ids": "jsonencode(provider::atlan::nested_filter({{ for id in distinct({0}) : id => [] }}))",
    "projects": "try(jsonencode(jsondecode({0})), jsonencode({0}))",
}
"""The expression that is sent, for each kind that is not sent unchanged. ``{0}`` is the variable."""

_NAMES: Final = '{ %s = ["my_schema"] }, an empty list for all of it.'
_MEANINGS: Final = {
    "anchored": "Names, such as " + _NAMES % "my_database" + " The module escapes and anchors them; a name that is "
    "already ^…$ stays as it is.",
    "catalogs": 'Names, such as { AwsDataCatalog = ["my_database"] }, an empty list for all of it. The module nests '
    "them.",
    "ids": "The ids of %s. The module nests them.",
    "lists": "Names, such as " + _NAMES % "my_catalog",
    "projects": "Projects and jobs, an object or its JSON text, as the web UI submits it.",
    "object": "An object or its JSON text, as the web UI submits it. The module sends it unchanged.",
}
_NOUNS: Final = {
    "atlan-quicksight": "folders",
    "atlan-sigma": "workbooks",
    "atlan-tableau": "projects",
    "powerbi-crawler": "workspaces",
}


def kind(app: App, name: str) -> str | None:
    """Return the kind of a filter's variable, or None for another input."""
    if not filters.is_filter(app, name):
        return None
    if app.filter_shape == "nested":
        return "ids" if app.app_id in _NOUNS else "catalogs"
    return {"as_given": "object", "expression": "text", "expressions": "text"}.get(
        str(app.filter_shape), app.filter_shape
    )


def meaning(app: App, name: str) -> str | None:
    """Return the description of a filter's variable, or None for another input and for a regular expression."""
    found = kind(app, name)
    if found not in _MEANINGS:
        return None
    text = _MEANINGS[found] % _NOUNS[app.app_id] if found == "ids" else _MEANINGS[found]
    return (
        f"What to crawl. {text}"
        if name == "include_filter"
        else f"What to leave out. {text} It wins over include_filter."
    )


def default(found: str, value: Value) -> Value:
    """Return the default of a filter in the form of its variable. `value` is the app's default."""
    if found not in TYPES:
        return value
    return {"ids": [], "projects": value}.get(found, {})


def rule(name: str, found: str) -> tuple[str, str]:
    """Return the rule that a list of names contains no null, and neither does a map of lists."""
    lists = f"[var.{name}]" if found == "ids" else f"values(var.{name})"
    condition = f"alltrue([for names in {lists} : names == null ? false : alltrue([for each in names : each != null])])"
    return condition, f"{name} has a null: write {'a list of ids' if found == 'ids' else 'lists of names'}."


def as_given(found: str, value: Value) -> Value:
    """Return an example in the form of the variable. `value` is the filter as a user could configure it."""
    names = filters.names(value)
    if found == "catalogs" and isinstance(names, dict):
        return {name: list(inner) for name, inner in names.items()}
    return list(names) if found == "ids" and isinstance(names, dict) else names
