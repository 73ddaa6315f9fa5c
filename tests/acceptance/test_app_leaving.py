"""The warning when a workflow is destroyed or replaced: its connection and assets remain."""

import pytest

from tests.acceptance.conftest import Start
from tests.support.terraform import Workspace

LEAVES = "a workflow leaves its connection and assets"


def configuration(name: str = "one", connection: str = "") -> str:
    """Return a crawler with its own connection, or with a referenced one."""
    return f"""
    resource "atlan_app" "crawler" {{
      app_id     = "bigquery-crawler"
      entrypoint = "crawler"
      name       = "{name}"
      asset_connection = {{ name = "analytics", admin_users = ["admin"], {connection} }}
    }}
    """


def qualified_name(workspace: Workspace) -> str:
    """Return the qualified name of the connection in state."""
    name: str = workspace.values("atlan_app.crawler")["asset_connection"]["qualified_name"]
    return name


def warnings_text(events: list[dict[str, object]]) -> str:
    """Return all warnings as one line."""
    return " ".join(f"{each['summary']} {each['detail']}" for each in events if each["severity"] == "warning")


@pytest.mark.parametrize("command", ["plan", "apply"])
def test_a_destroy_says_which_connection_stays(start: Start, command: str) -> None:
    """The warning contains the setting that keeps the connection in another workflow."""
    _, workspace = start(configuration())
    workspace.apply().ok()
    kept = f'qualified_name = "{qualified_name(workspace)}"'
    arguments = ["plan", "-destroy", "-json"] if command == "plan" else ["apply", "-destroy", "-auto-approve", "-json"]
    text = warnings_text(workspace.run(*arguments).ok().diagnostics)
    assert (1, True) == (text.count(f"Destroying {LEAVES}"), kept in text)


def test_a_replacement_by_a_change_says_so_on_the_changed_attribute(start: Start) -> None:
    """A new name creates another workflow, which has its own connection."""
    _, workspace = start(configuration())
    workspace.apply().ok()
    workspace.write(configuration("two"))
    plan = workspace.plan("-json").ok()
    warning = next(each for each in plan.diagnostics if each["severity"] == "warning")
    assert f"Replacing {LEAVES}" == warning["summary"]
    assert qualified_name(workspace) in warning["detail"]
    assert 'name       = "two"' in warning["snippet"]["code"]
    assert 1 == len(plan.diagnostics)


def test_a_replacement_that_references_the_connection_leaves_nothing(start: Start) -> None:
    """There is no warning if the new workflow keeps the connection."""
    _, workspace = start(configuration())
    workspace.apply().ok()
    workspace.write(configuration("two", f'qualified_name = "{qualified_name(workspace)}"'))
    assert [] == workspace.plan("-json").ok().diagnostics


def test_a_requested_replacement_says_so_when_it_is_applied(start: Start) -> None:
    """The provider cannot see ``-replace`` in a plan, so the apply warns, once."""
    _, workspace = start(configuration())
    workspace.apply().ok()
    left = qualified_name(workspace)
    text = warnings_text(workspace.apply("-replace=atlan_app.crawler", "-json").ok().diagnostics)
    assert (1, True) == (text.count(f"Replacing {LEAVES}"), left in text)
    text = warnings_text(workspace.destroy("-json").ok().diagnostics)
    assert (1, 0) == (text.count(f"Destroying {LEAVES}"), text.count("Replacing"))


def test_an_update_leaves_nothing(start: Start) -> None:
    """A plan with an update in place, and a plan without changes, have no warning."""
    _, workspace = start(configuration())
    workspace.apply().ok()
    assert [] == workspace.plan("-json").ok().diagnostics
    workspace.write(configuration(connection='admin_groups = ["data"]'))
    assert [] == workspace.apply("-json").ok().diagnostics
