"""Terraform attaches to a provider that a developer started to debug it."""

from pathlib import Path

from tests.acceptance.conftest import Start
from tests.support.attached import REATTACH, Providers, attached
from tests.support.configurations import app
from tests.support.ui import live


def test_commands_use_the_process_that_they_are_attached_to(start: Start, tmp_path: Path) -> None:
    """The process uses its own environment, and continues to run after the commands."""
    sandbox, workspace = start(app())
    with attached(workspace, tmp_path) as plugin:
        workspace.env["ATLAN_API_KEY"] = "not-that-of-the-process"
        workspace.apply().ok()
        assert {} == workspace.plan_changes()
        workspace.destroy().ok()
        assert plugin.process.poll() is None
    assert ([], 1) == (live(sandbox), len(sandbox.workflows()))


def test_a_command_uses_the_settings_that_it_is_given(start: Start, tmp_path: Path) -> None:
    """The process uses the settings of the current command, not those of the command before."""
    first, workspace = start(app())
    other, _ = start(api_key="another-key")
    with attached(workspace, tmp_path):
        workspace.plan().ok()
        workspace.write(f'provider "atlan" {{\n  base_url = "{other.url}"\n  api_key  = "another-key"\n}}\n' + app())
        workspace.apply().ok()
    assert ([], ["bigquery prod"]) == (first.workflows(), [each["name"] for each in other.workflows()])


def test_commands_of_the_same_settings_share_a_process(tmp_path: Path) -> None:
    """Other settings use another process, and a command with TF_LOG launches the provider."""
    providers = Providers(tmp_path)
    own, other = ({"ATLAN_BASE_URL": "http://127.0.0.1:1", "ATLAN_API_KEY": key} for key in ("one", "other"))
    try:
        first = providers.attach(own | {"TF_VAR_a": "1"})[REATTACH]
        assert first == providers.attach(own | {"TF_VAR_a": "2"})[REATTACH]
        assert first != providers.attach(other)[REATTACH]
        assert REATTACH not in providers.attach(own | {"TF_LOG": "DEBUG"})
    finally:
        providers.close()
