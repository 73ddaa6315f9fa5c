"""The inputs of each app's workflow fit its input contract."""

from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest

from scripts.lib.app_facts import apps
from scripts.lib.app_facts.apps import App
from scripts.lib.app_facts.filters import sent
from scripts.lib.app_facts.workflows import workflow

APPS = apps.load()


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


def kinds() -> Iterator[tuple[str, str]]:
    """Yield the declared types of each configured input, and the type of its value."""
    for app in APPS:
        given = workflow(app).inputs
        for each in app.inputs:
            if each.name in given:
                yield "|".join(each.types), type(given[each.name]).__name__


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.app_id)
def test_inputs_satisfy_the_contract(app: App) -> None:
    """Each app's inputs have known names, declared types and allowed values."""
    jsonschema_rs.validate(schema(app), sent(workflow(app).inputs))


@pytest.mark.parametrize(
    ("declared", "given"),
    [
        ("object|string|null", "dict"),
        ("object|string|null", "JsonText"),
        ("object|string", "dict"),
        ("object|string", "Anchored"),
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
    """Each declared type occurs in each form that a user can write."""
    assert (declared, given) in set(kinds())


def test_inputs_are_set_changed_and_left_out() -> None:
    """Some inputs differ from their default, some equal it, and some are not configured."""
    states = set()
    for app in APPS:
        given = workflow(app).inputs
        for each in app.inputs:
            states.add("left out" if each.name not in given else given[each.name] == each.default)
    assert {"left out", True, False} == states
