"""The generator of configurations for all known apps."""

import json
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from scripts.generator import apps, hcl
from scripts.generator.apps import App
from scripts.generator.configuration import configuration
from scripts.generator.hcl import JsonText
from scripts.generator.workflows import workflow, workflows
from scripts.support import cli
from tests.support.terraform import Workspace

APPS = apps.load()

STRINGS = {
    "empty": "",
    "quotes and backslashes": 'a "quoted" \\ b\\n',
    "an interpolation": "${path.module}",
    "a directive": "%{ if true }",
    "an escaped interpolation": "$${a} $$${b} %%{c}",
    "signs alone": "$ % $a %b {} $ {",
    "line ends and tabs": "a\nb\r\nc\t",
    "control characters": "\x01\x1b\x7f\u200b\u2028",
    "non-ASCII": "größe — 数据 🚀 é",
    "JSON text": '{"^a.b$": ["\\\\d+", "${x}"]}',
}


def schema(app: App) -> dict[str, Any]:
    """Return the app's input contract: closed, with the connection required."""
    properties: dict[str, Any] = {each.name: {"type": list(each.types)} for each in app.inputs}
    properties |= {each.name: {"enum": list(each.allowed)} for each in app.inputs if each.allowed}
    others = {*app.hidden, *(each["input_field"] for each in app.credentials)}
    others |= {"credential", "connection_qualified_name"}
    properties |= {name: {} for name in others - properties.keys()}
    return {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "required": ["connection"],
    }


def plain(value: Any) -> Any:
    """Return a value as the service receives it, JSON text written out."""
    match value:
        case JsonText(inner):
            return json.dumps(inner)
        case dict():
            return {key: plain(item) for key, item in value.items()}
        case list():
            return [plain(item) for item in value]
        case _:
            return value


def kinds() -> Iterator[tuple[str, str]]:
    """Yield what the apps' own inputs are declared as, and what the configurations give them as."""
    for app in APPS:
        given = workflow(app).inputs
        for each in app.inputs:
            if each.name in given:
                yield "|".join(each.types), type(given[each.name]).__name__


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.app_id)
def test_inputs_satisfy_the_contract(app: App) -> None:
    """Each app's inputs have known names, declared types and allowed values."""
    jsonschema_rs.validate(schema(app), plain(workflow(app).inputs))


def test_every_known_app_is_there_once() -> None:
    """There are 38 workflows, and no two share a label or a name."""
    known = workflows()
    assert 38 == len({each.app_id for each in known})
    assert 38 == len({each.label for each in known})
    assert 38 == len({each.name for each in known})


@pytest.mark.parametrize(
    ("declared", "given"),
    [
        ("object|string|null", "dict"),
        ("object|string|null", "JsonText"),
        ("object|string", "dict"),
        ("object|string", "JsonText"),
        ("object|string", "str"),
        ("string", "JsonText"),
        ("string", "str"),
        ("string|null", "NoneType"),
        ("string|null", "str"),
        ("string|integer", "int"),
        ("object", "dict"),
        ("boolean", "bool"),
        ("number", "int"),
        ("array", "list"),
    ],
)
def test_inputs_are_given_in_every_form(declared: str, given: str) -> None:
    """Each declared type occurs in each form in which a person may write it."""
    assert (declared, given) in set(kinds())


def test_inputs_are_set_changed_and_left_out() -> None:
    """Over all apps some inputs differ from their default, some equal it, and some are not configured."""
    states = set()
    for app in APPS:
        given = workflow(app).inputs
        for each in app.inputs:
            states.add("left out" if each.name not in given else given[each.name] == each.default)
    assert {"left out", True, False} == states


def test_apps_of_one_connector_share_its_connection() -> None:
    """A miner is configured with its crawler's connection, and no other connector with the same one."""
    connections = {(app.connector_name, json.dumps(plain(_object(workflow(app).inputs["connection"])))) for app in APPS}
    connectors = {app.connector_name for app in APPS}
    assert len(connectors) == len(connections) == len({text for _, text in connections})


def _object(given: Any) -> Any:
    return given.value if isinstance(given, JsonText) else given


def test_no_configuration_holds_a_credential() -> None:
    """No raw credential and no vaulted one is configured."""
    for each in workflows():
        assert "credential" not in each.inputs
        assert "" == each.inputs.get("credential_guid", "")


def test_the_configuration_is_the_same_each_time() -> None:
    """Generating twice gives the same text."""
    assert configuration() == configuration()


def test_schedules_can_be_left_out() -> None:
    """Without schedules the apps alone are written."""
    chosen = workflows(APPS[:2])
    assert 2 == configuration(chosen).count('resource "atlan_app_schedule"')
    assert 0 == configuration(chosen, schedules=False).count('resource "atlan_app_schedule"')


def test_a_changed_input_changes_its_line_alone() -> None:
    """A workflow with one other value differs in one line of the configuration."""
    before = workflow(APPS[0])
    after = replace(before, inputs=before.inputs | {"exclude_empty_modules": False})
    pairs = zip(configuration([before]).splitlines(), configuration([after]).splitlines(), strict=True)
    assert [("    exclude_empty_modules   = true", "    exclude_empty_modules   = false")] == [
        pair for pair in pairs if pair[0] != pair[1]
    ]


def test_the_configuration_is_formatted() -> None:
    """The CLI's own formatter has nothing to change in the configuration of all apps."""
    written = configuration()
    result = subprocess.run(
        [cli.find(), "fmt", "-"],
        input=written,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        env=cli.environment(Path("/dev/null")),
    )
    assert (written, 0) == (result.stdout, result.returncode)


def test_values_mean_in_hcl_what_they_meant_in_python(tmp_path: Path) -> None:
    """Strings, keys, numbers, nested and empty values come out of the CLI as they went into the writer."""
    given = {
        "strings": STRINGS,
        "keys": {text: name for name, text in STRINGS.items()} | {"for": 1, "null": 2, "a-b": 3, "1a": 4},
        "numbers": [0, -1, 2**53, 2**70, 0.1, -2.5e-7],
        "nested": [[], {}, [{}], [{"a": [None, True, [1, "b"]]}, "c"], {"d": {"e": {}}}],
    }
    workspace = Workspace(tmp_path)
    written = "\n".join(hcl.block(f'output "{name}"', {"value": value}) for name, value in given.items())
    workspace.write(written)
    workspace.run("fmt", "-check", "-diff").ok()
    workspace.write(written + "\n" + hcl.block('output "text"', {"value": JsonText(given)}))
    workspace.init().ok()
    workspace.apply().ok()
    outputs = workspace.outputs()
    assert given == json.loads(outputs.pop("text"))
    assert given == outputs


@pytest.mark.parametrize("value", [object(), float("nan"), float("inf"), b"a"], ids=["object", "nan", "inf", "bytes"])
def test_a_value_without_a_literal_is_refused(value: object) -> None:
    """What HCL can't express is a TypeError that names the type."""
    with pytest.raises(TypeError, match="HCL has no literal"):
        hcl.value({"a": value})
