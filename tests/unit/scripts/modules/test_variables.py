"""The variables of each app's module."""

import re

import pytest

from scripts.lib.app_facts import apps
from scripts.lib.app_facts.apps import App
from scripts.lib.app_facts.credentials import ways
from scripts.lib.modules import inputs, trial, variables

APPS = apps.load()


BLOCK = re.compile(r'^variable "(\w+)" \{\n(.*?)^\}', re.MULTILINE | re.DOTALL)


EVERY = {"name", "connection", "credential_guid", "schedule", "agent_json", "more_inputs", "adopt_existing"}


ATTRIBUTE = re.compile(r"^ +(\w+) += (?:string|number|bool|optional\()", re.MULTILINE)


each_app = pytest.mark.parametrize("app", APPS, ids=lambda app: app.app_id)


def declared(app: App) -> dict[str, str]:
    """Return the text in the block of each variable of a module."""
    return dict(BLOCK.findall(variables.write(app)))


@each_app
def test_every_input_has_its_variable(app: App) -> None:
    """The inputs that the web UI shows, the hidden ones, and the variables of every module; no others."""
    names = {each.name for each in app.inputs} | app.hidden.keys()
    expected = EVERY | (names - inputs.FRAMED)
    credential = {"credential", "credential_version"} if app.credentials else set()
    apart = {way.input_field for way in ways(app) if way.stored_separately}
    secrets = {"credential_secrets"} if any(way.secrets for way in ways(app) if way.stored_separately) else set()
    assert expected | credential | apart | secrets == declared(app).keys()


@each_app
def test_every_variable_is_described_and_typed(app: App) -> None:
    """Each has a description that is a sentence, and a type."""
    for name, text in declared(app).items():
        assert re.search(r'^  description = (?:"[A-Z\\].*\."|<<-EOT)$', text, re.MULTILINE), name
        assert re.search(r"^  type +=", text, re.MULTILINE), name


@each_app
def test_secrets_are_only_in_ephemeral_variables(app: App) -> None:
    """Every secret of every way is an attribute of a variable that is sensitive and ephemeral."""
    hidden = {
        attribute
        for text in declared(app).values()
        if "  sensitive = true" in text and "  ephemeral = true" in text
        for attribute in ATTRIBUTE.findall(text)
    }
    shown = {
        attribute
        for text in declared(app).values()
        if "  ephemeral = true" not in text
        for attribute in ATTRIBUTE.findall(text)
    }
    secrets = {name for way in ways(app) for name in way.secrets}
    assert set() == secrets - hidden
    assert set() == secrets & shown


@each_app
def test_what_has_a_default_need_not_be_named(app: App) -> None:
    """Only the name, the connection and the scope of a lineage job are required."""
    required = {name for name, text in declared(app).items() if not re.search(r"^  default +=", text, re.MULTILINE)}
    scope = {each.name for each in inputs.fields(app) if each.required}
    assert {"name", "connection"} | scope == required
    assert required - {"name"} <= trial.least(app).keys()
