"""The inputs of an app as variables of its module: the type of each variable, and the expression that is sent."""

from dataclasses import dataclass
from typing import Final

from scripts.lib.app_facts import inputs as examples
from scripts.lib.app_facts.apps import App, Input
from scripts.lib.modules import filters, texts
from scripts.lib.shared.hcl import JsonText, Value

FRAMED: Final = frozenset({"connection", "credential_guid", "agent_json", "extraction_method"})
"""The inputs that a module sets from the connection, the credential and the agent."""

SCOPE: Final = "cross_connection_qualified_names"
_SWITCHES: Final = ("include_cloud_metrics", "include_connect_lineage")
_TYPES: Final = {
    "bool": "bool",
    "switch": "bool",
    "choice": "string",
    "json": "string",
    "text": "string",
    "number": "number",
    "list": "list(string)",
    "scope": "list(string)",
    "object": "any",
    **filters.TYPES,
}
_SENT: Final = {"switch": "tostring({0})", "scope": "jsonencode({0})", **filters.SENT}


@dataclass(frozen=True)
class Field:
    """One input as a variable.

    Kinds: ``bool``, ``number``, ``text`` and ``list`` are sent unchanged. A ``switch`` is a bool that is sent as text,
    a ``scope`` a list that is sent as JSON text. A ``choice`` is one of `allowed`, ``json`` is JSON text, and an
    ``object`` is an object or its JSON text. The kinds of `filters` are sent in the form of the app's filter.

    `default` is the value that the web UI submits, in the form of the variable. A `hidden` input is not shown there.
    """

    name: str
    kind: str
    meaning: str
    default: Value
    allowed: tuple[str, ...] = ()
    hidden: bool = False
    text_too: bool = True
    is_filter: bool = False

    @property
    def type(self) -> str:
        """The variable's type."""
        return _TYPES[self.kind]

    @property
    def sent(self) -> str:
        """The expression of the value that is sent."""
        text = _SENT.get(self.kind, "{0}")
        return text.format(f"var.{self.name}")

    @property
    def required(self) -> bool:
        """True if a user must set the variable."""
        return self.kind == "scope"

    @property
    def left_out_if_null(self) -> bool:
        """True if null leaves the input out.

        A filter is always sent, because a filter that is unknown at plan would make all inputs unknown. Null is sent
        where it is the default.
        """
        return not (self.required or self.is_filter or self.default is None)


def fields(app: App) -> list[Field]:
    """Return the variables for an app's inputs: first the inputs that the web UI shows, then the hidden ones."""
    shown = [_shown(app, each) for each in app.inputs if each.name not in FRAMED]
    hidden = [_hidden(app, name, value) for name, value in app.hidden.items() if name not in FRAMED]
    return shown + hidden


def example(app: App) -> dict[str, Value]:
    """Return a valid value for every variable of `fields`, other than its default if there is another."""
    values = examples.all_inputs(app)
    return {each.name: _as_given(each, values[each.name]) for each in fields(app)}


def _shown(app: App, each: Input) -> Field:
    allowed = tuple(str(value) for value in each.allowed)
    kind = filters.kind(app, each.name)
    return Field(
        name=each.name,
        kind=kind or _kind(each, allowed),
        meaning=_meaning(app, each.name),
        default=_default(kind or _kind(each, allowed), each.default),
        allowed=allowed,
        text_too="string" in each.types,
        is_filter=kind is not None,
    )


def _kind(each: Input, allowed: tuple[str, ...]) -> str:
    if each.name == SCOPE:
        return "scope"
    if each.name == "control_config":
        return "json"
    if each.default in ("true", "false") or each.name in _SWITCHES:
        return "switch"
    if allowed:
        return "choice"
    if "object" in each.types and each.default in ({}, "{}"):
        return "object"
    kinds = {"boolean": "bool", "number": "number", "integer": "number", "array": "list"}
    return next((kinds[kind] for kind in each.types if kind in kinds), "text")


def _hidden(app: App, name: str, value: Value) -> Field:
    found = filters.kind(app, name)
    kind = found or _kind_of(value)
    return Field(name, kind, _meaning(app, name), _default(kind, value), hidden=True, is_filter=found is not None)


def _default(kind: str, value: Value) -> Value:
    """Return the default of an input in the form of its variable."""
    if kind == "switch":
        return None if value is None else value == "true"
    return filters.default(kind, value)


def _meaning(app: App, name: str) -> str:
    return filters.meaning(app, name) or texts.of_input(app.app_id, name)


def _kind_of(value: Value) -> str:
    match value:
        case bool():
            return "bool"
        case int():
            return "number"
        case dict():
            return "object"
        case "{}":
            return "json"
        case "true" | "false":
            return "switch"
        case _:
            return "text"


def _as_given(field: Field, value: Value) -> Value:
    if field.kind in filters.TYPES:
        return filters.as_given(field.kind, value)
    if field.kind == "switch":
        return value != "false"
    if field.kind == "scope":
        return ["default/bigquery/1700000003", "default/bigquery/1700000004"]
    if field.kind == "json" and not isinstance(value, JsonText):
        return JsonText({})
    return value
