"""The inputs that a user could write for an app: plain values that match its input contract.

The values vary from app to app, and are the same in every run. An input is an object in one app and JSON text in the
next one. It has a value other than its default in one app and is left out in another. A provider whose plans are
quiet for all of these inputs is quiet for what users write.
"""

import zlib
from collections.abc import Iterator, Mapping

from scripts.lib.app_facts import filters
from scripts.lib.app_facts.apps import App, Input
from scripts.lib.shared.hcl import JsonText, Value

SELECTION: Mapping[str, Value] = {"analytics": ["sales", "marketing"], "staging": []}
CONTROL = {"batch": {"size": 500, "ratio": 0.25}, "tags": ["nightly", "größer als 0"], "retry": None}
AGENT: Mapping[str, Value] = {
    "agent-name": "warehouse-agent",
    "secret-path": "teams/data/${region}",
    "labels": ["eu", "prod"],
}

_TEXTS: dict[str, str | None] = {
    "agent_name": "warehouse-agent",
    "core_extract_output_prefix": "dbt/artifacts",
    "cross_connection_qualified_names": "default/bigquery/1700000003,default/snowflake/1700000004",
    "email_addresses": "data-team@example.com",
    "exclude_projects_regex": r"^Sandbox \(.*\)$",
    "exclude_table_regex": r"^(tmp|test)_[^.]+$",
    "include_cloud_metrics": "true",
    "include_connect_lineage": None,
    "redact_sql_text": "true",
    "redash_alternate_host": "https://redash.example.com",
    "region": "region-eu",
    "tableau_alternate_host": "https://tableau.example.com",
    "temp_table_regex": r".*_tmp\d+$",
}
_AGENTS: Mapping[str, Value] = {"atlan-mssql": AGENT, "oracle-crawler": JsonText(AGENT)}
_FRAMED = {"connection", "credential_guid", "agent_json", "extraction_method"}
_FIRST_EPOCH = 1_700_000_000  # the seconds in the name of a made-up connection start here
_START_OF_2024 = 1_704_067_200


def inputs(app: App) -> dict[str, Value]:
    """Return the inputs of one app. A value that is written as JSON text is a `JsonText`."""
    return dict(_frame(app)) | dict(_metadata(app)) | _hidden(app)


def all_inputs(app: App) -> dict[str, Value]:
    """Return every input of one app, hidden ones included. Each differs from its default if another value is valid."""
    own = {each.name: _unlike(app, each) for each in app.inputs if each.name not in _FRAMED}
    hidden = {name: another(app, name, value) for name, value in app.hidden.items()}
    agent = {"agent_json": JsonText(AGENT) if app.number % 2 == 0 else AGENT}
    return {**hidden, **own, **agent, **dict(_frame(app))}


def _unlike(app: App, each: Input) -> Value:
    value = _value(app, each, other=app.number % 2 == 0)
    return another(app, each.name, value) if value in (each.default, JsonText({}), {}) else value


def another(app: App, name: str, value: Value) -> Value:
    """Return another valid value of an input, of the same kind. Return the same value if the contract has no other."""
    if name == "connection":
        return _renamed(value)
    allowed = next((each.allowed for each in app.inputs if each.name == name), ())
    if allowed:
        return next((other for other in allowed if other != value), value)
    return filters.another(app, value) if filters.is_filter(app, name) else _another(value)


def _another(value: Value) -> Value:
    match value:
        case JsonText(inner):
            return JsonText(_another(inner))
        case "{}":
            return JsonText(_another({}))
        case "true" | "false":
            return "false" if value == "true" else "true"
        case dict():
            return {**value, f"added {len(value)}": ["here"]}
        case list():
            return [*value, "added@example.com"]
        case bool():
            return not value
        case int():
            return value + 1
        case _:
            return f"{value or ''}_edited"


def _renamed(connection: Value) -> Value:
    match connection:
        case JsonText(inner):
            return JsonText(_renamed(inner))
        case {"typeName": kind, "attributes": Mapping() as attributes}:
            return {"typeName": kind, "attributes": {**attributes, "name": "renamed in the UI"}}
        case _:
            raise TypeError("a connection has attributes")


def connection(app: App) -> dict[str, Value]:
    """Return the connection object. Apps of the same connector, such as a miner and its crawler, share one."""
    return {
        "typeName": "Connection",
        "attributes": {
            "qualifiedName": _qualified_name(app),
            "connectorName": app.connector_name,
            "name": f"{app.connector_name} production",
            "adminUsers": ["admin"],
            "adminGroups": [],
        },
    }


def _qualified_name(app: App) -> str:
    epoch = _FIRST_EPOCH + zlib.crc32(app.connector_name.encode()) % 10_000_000
    return f"default/{app.connector_name}/{epoch}"


def _frame(app: App) -> Iterator[tuple[str, Value]]:
    """Yield the inputs that every app takes: the connection and the way to reach the source."""
    yield "connection", JsonText(connection(app)) if app.number % 6 == 5 else connection(app)
    if app.app_id.endswith("-miner"):
        yield "connection_qualified_name", _qualified_name(app)
    if app.app_id in _AGENTS:
        yield "extraction_method", "agent"
        yield "agent_json", _AGENTS[app.app_id]
    else:
        yield "extraction_method", _default(app, "extraction_method")
        yield "credential_guid", ""


def _default(app: App, name: str) -> Value:
    return next(each.default for each in app.inputs if each.name == name)


def _metadata(app: App) -> Iterator[tuple[str, Value]]:
    """Yield the app's own inputs. Every fifth is left out."""
    for place, each in enumerate(each for each in app.inputs if each.name not in _FRAMED):
        turn = app.number + place
        if turn % 5 != 4:
            yield each.name, _value(app, each, other=turn % 2 == 0)


def _hidden(app: App) -> dict[str, Value]:
    """Return the inputs that the UI submits but does not show, for every second app."""
    return dict(app.hidden) if app.number % 2 == 0 else {}


def _value(app: App, each: Input, *, other: bool) -> Value:
    """Return a value for one input. With `other`, the value is not the default, or not an object."""
    if each.name in _TEXTS:
        return _TEXTS[each.name]
    if each.allowed:
        return _choice(each, other=other)
    if filters.is_filter(app, each.name):
        return filters.given(app, each.name, text=other)
    if "object" in each.types and each.default in ({}, "{}"):
        return _structure(app, each, text=other and "string" in each.types)
    return _scalar(each, other=other)


def _choice(each: Input, *, other: bool) -> Value:
    others = [value for value in each.allowed if value != each.default]
    return others[-1] if other and others else each.default


def _structure(app: App, each: Input, *, text: bool) -> Value:
    """Return an object or its JSON text. A selection of excluded assets is often empty."""
    chosen = {} if each.name.startswith("exclude") and app.number % 3 == 0 else SELECTION
    return JsonText(chosen) if text else chosen


def _scalar(each: Input, *, other: bool) -> Value:
    if each.name == "control_config":
        return JsonText(CONTROL)
    match each.types[-1]:
        case "boolean":
            return each.default is not other
        case "number" | "integer":
            return 14 if each.name.endswith("days") else _START_OF_2024
        case "array":
            return ["etl@example.com", "ci@example.com"] if other else []
        case _:
            return f"{each.default}_copy" if other and each.default else each.default
