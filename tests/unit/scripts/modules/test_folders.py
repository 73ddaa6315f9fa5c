"""The folders of examples/modules: which files each contains, and which of them are out of date."""

from pathlib import Path

from scripts.lib.app_facts import apps
from scripts.lib.modules import folders

APPS = apps.load()


def test_the_modules_are_as_they_would_be_written() -> None:
    """Nothing in examples/modules was changed by hand or left behind."""
    assert [] == folders.drift()


def test_each_app_has_a_module_with_all_its_files() -> None:
    """The folder has the name of the app, and contains the configuration, a README and a test."""
    for app in APPS:
        expected = {"versions.tf", "variables.tf", "main.tf", "outputs.tf", "README.md"}
        assert expected | {f"tests/{app.app_id}.tftest.hcl"} <= folders.files(app).keys()


def test_what_has_drifted_is_named_and_written_again(tmp_path: Path) -> None:
    """A changed file, a missing one, and one of no module. Files of a run of the CLI are left out."""
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
