"""The generator of examples/modules: what is in each folder, and what has drifted."""

import re
from pathlib import Path

import pytest

from scripts.generator import apps
from scripts.generator.apps import App
from scripts.generator.credentials import ways
from scripts.generator.modules import folders, inputs, trial, variables

APPS = apps.load()
BLOCK = re.compile(r'^variable "(\w+)" \{\n(.*?)^\}', re.MULTILINE | re.DOTALL)
EVERY = {"name", "connection", "credential_guid", "schedule", "agent_json", "more_inputs", "adopt_existing"}
ATTRIBUTE = re.compile(r"^ +(\w+) += (?:string|number|bool|optional\()", re.MULTILINE)

each_app = pytest.mark.parametrize("app", APPS, ids=lambda app: app.app_id)


def declared(app: App) -> dict[str, str]:
    """What stands in the block of each variable of a module."""
    return dict(BLOCK.findall(variables.write(app)))


def test_the_modules_are_as_they_would_be_written() -> None:
    """Nothing in examples/modules was changed by hand or left behind."""
    assert [] == folders.drift()


def test_each_app_has_a_module_with_all_its_files() -> None:
    """A folder of the app's id, with four files of configuration or so, a README and a test."""
    for app in APPS:
        expected = {"versions.tf", "variables.tf", "main.tf", "outputs.tf", "README.md"}
        assert expected | {f"tests/{app.app_id}.tftest.hcl"} <= folders.files(app).keys()


def test_what_has_drifted_is_named_and_written_again(tmp_path: Path) -> None:
    """A changed file, a missing one and one too many; what a person's own run left is let be."""
    folders.write(tmp_path)
    assert [] == folders.drift(tmp_path)
    changed, missing, surplus = "atlan-dbt/main.tf", "atlan-glue/outputs.tf", "no-such-app/main.tf"
    (tmp_path / changed).write_text("")
    (tmp_path / missing).unlink()
    for name in (surplus, "atlan-dbt/.terraform/modules/modules.json", "atlan-dbt/terraform.tfstate"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("{}")
    assert [changed, missing, surplus] == folders.drift(tmp_path)
    assert [changed, missing, surplus] == folders.write(tmp_path)
    assert [] == folders.drift(tmp_path)


@pytest.mark.parametrize(("arguments", "code"), [(["--check"], 0), (["--chekc"], 2), (["--check", "more"], 2)])
def test_the_command_checks_or_says_what_it_takes(
    arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """0 without a drift, 2 with a line of usage for anything else."""
    assert code == folders.main(arguments)
    assert (code == 2) is ("scripts/modules [--check]" in capsys.readouterr().err)


def test_a_drift_fails_the_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """1, the file's name, and what to do."""
    folders.write(tmp_path)
    (tmp_path / "README.md").write_text("")
    assert 1 == folders.main(["--check"], tmp_path)
    assert "examples/modules/README.md has drifted: run scripts/modules" in capsys.readouterr().out


@each_app
def test_every_input_has_its_variable(app: App) -> None:
    """Those that the web UI shows, those that it hides, and what every module takes; no other."""
    names = {each.name for each in app.inputs} | app.hidden.keys()
    expected = EVERY | (names - inputs.FRAMED)
    credential = {"credential", "credential_version"} if app.credentials else set()
    apart = {way.input_field for way in ways(app) if way.vaulted_apart}
    secrets = {"credential_secrets"} if any(way.secrets for way in ways(app) if way.vaulted_apart) else set()
    assert expected | credential | apart | secrets == declared(app).keys()


@each_app
def test_every_variable_is_described_and_typed(app: App) -> None:
    """Each has a description that is a sentence, and a type."""
    for name, text in declared(app).items():
        assert re.search(r'^  description = (?:"[A-Z\\].*\."|<<-EOT)$', text, re.MULTILINE), name
        assert re.search(r"^  type +=", text, re.MULTILINE), name


@each_app
def test_secrets_stand_in_ephemeral_variables_alone(app: App) -> None:
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
    """What a module cannot do without is its name, its connection, and the scope of a lineage job."""
    required = {name for name, text in declared(app).items() if not re.search(r"^  default +=", text, re.MULTILINE)}
    scope = {each.name for each in inputs.fields(app) if each.required}
    assert {"name", "connection"} | scope == required
    assert required - {"name"} <= trial.least(app).keys()
