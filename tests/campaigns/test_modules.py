"""The modules in examples/modules are valid and tested, refuse wrong values, and publish what their pages say."""

import shutil
from typing import Any

import pytest

from scripts.lib.app_facts.apps import App
from scripts.lib.app_facts.credentials import ways
from scripts.lib.modules import folders, trial
from tests.acceptance.conftest import Start
from tests.support.campaigns.figures import Figures, drawn
from tests.support.campaigns.modules import APPS, Use, call, create_connections, readme_example, uses, write
from tests.support.sandbox import Sandbox
from tests.support.sandbox_pool import BOTH_CONTRACTS
from tests.support.terraform import Workspace
from tests.support.ui import live

TESTED = 6
SECONDS = 600.0  # hundreds of modules in one configuration, on a busy machine


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "app" in metafunc.fixturenames:
        metafunc.parametrize("app", drawn(metafunc.config, APPS, short=TESTED), ids=lambda app: app.app_id)


def test_every_module_is_valid_and_refuses_a_wrong_value(start: Start, full: bool, figures: Figures) -> None:
    """The example of each README is valid.

    A plan reports each wrong value as one error on its line, and sends nothing.
    """
    sandbox, workspace = start()
    workspace.seconds = SECONDS
    write(workspace, [readme_example(app) for app in APPS])
    workspace.validate().ok()
    figures.count("modules that are valid", len(APPS))

    cases = [(app, each) for app in APPS for each in (trial.every_wrong(app) if full else [trial.wrong(app)])]
    blocks = [
        call(f"{app.label}_{each.variable}", app, trial.least(app) | {each.variable: each.value}) for app, each in cases
    ]
    lines = write(workspace, blocks)
    result = workspace.plan("-json")
    errors = [each for each in result.diagnostics if each["severity"] == "error"]
    told = {_place(lines, each["range"]["start"]["line"]): each["detail"] for each in errors}
    expected = {(f"{app.label}_{each.variable}", each.variable): each.message for app, each in cases}
    assert len(cases) == len(errors)
    assert expected == {place: said for place, said in expected.items() if said in told.get(place, "")}
    assert [] == sandbox.requests()
    figures.count("wrong values, each one error on its line", len(cases))


def _place(lines: list[str], number: int) -> tuple[str, str]:
    """Return the module's label and the variable of a line of the configuration. `number` starts at 1."""
    header = next(line for line in reversed(lines[:number]) if line.startswith("module "))
    return header.split('"')[1], lines[number - 1].split("=")[0].strip()


def test_a_module_passes_its_own_test(start: Start, app: App, figures: Figures) -> None:
    """`terraform test` passes as the README says, and archives what it creates."""
    sandbox, workspace = start(run_seconds=0)
    workspace.seconds = SECONDS
    (workspace.directory / "versions.tf").unlink()
    shutil.copytree(folders.MODULES / app.app_id, workspace.directory, dirs_exist_ok=True)
    workspace.init().ok()
    result = workspace.run("test").ok()
    assert "0 failed" in result.stdout
    assert ([], True) == (live(sandbox), bool(sandbox.workflows()))
    figures.count("modules that pass `terraform test`")


@BOTH_CONTRACTS
def test_modules_publish_what_they_are_given_and_are_quiet(
    start: Start, pytestconfig: pytest.Config, figures: Figures
) -> None:
    """In every way to sign in, the inputs are published, secrets are only in the vault, and a plan has no changes."""
    chosen = drawn(pytestconfig, uses(), short=TESTED)
    sandbox, workspace = start()
    workspace.seconds = SECONDS
    create_connections(sandbox)
    write(workspace, [call(each.label, each.app, each.variables) for each in chosen])
    applied = workspace.apply("-parallelism=20").ok()
    assert "Warning" not in applied.output
    assert {} == workspace.plan_changes()
    published = {each["name"]: each["inputs"] for each in live(sandbox)}
    for each in chosen:
        inputs = published[each.label]
        assert _without_nulls(each.published) == {name: inputs[name] for name in inputs if name not in _framed(each)}
        if each.way:
            assert sandbox.verify(inputs[each.way.input_field], **each.secrets)
    _check_no_secret_in_state(workspace, chosen)
    workspace.destroy("-parallelism=20").ok()
    assert ([], []) == (live(sandbox), _apart(sandbox))
    figures.count("uses of modules, quiet after their apply", len(chosen))


def _without_nulls(inputs: dict[str, Any]) -> dict[str, Any]:
    """Return the inputs that are sent: a null is left out."""
    return {name: value for name, value in inputs.items() if value is not None}


def _framed(each: Use) -> set[str]:
    """Return the names of the inputs that the provider adds."""
    return {"connection", "credential_guid"} | ({each.way.input_field} if each.way else set())


def _check_no_secret_in_state(workspace: Workspace, chosen: list[Use]) -> None:
    state = (workspace.directory / "terraform.tfstate").read_text()
    secrets = {f'"a-{name.replace("_", "-")}"' for each in chosen if each.way for name in each.way.secrets}
    assert set() == {secret for secret in secrets if secret in state}


def _apart(sandbox: Sandbox) -> list[str]:
    """Return the names of the live credentials that belong to no workflow."""
    found = [each["name"] for each in sandbox.credentials() if not each["archived"]]
    return [name for name in found if not name.startswith("default-")]


def test_there_is_a_use_for_every_way() -> None:
    """There are 65 ways to sign in, and one use of each app without credentials."""
    assert 65 == len([each for each in uses() if each.way])
    assert {app.app_id for app in APPS if not ways(app)} == {each.app.app_id for each in uses() if not each.way}
