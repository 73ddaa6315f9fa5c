"""What a plan says when a workflow is destroyed or replaced: its connection and assets stay behind."""

import pytest

from tests.acceptance.conftest import Start
from tests.support.terraform import Workspace

LEAVES = "a workflow leaves its connection and assets"


def configuration(name: str = "one", connection: str = "") -> str:
    """A crawler with a connection of its own, or a referenced one."""
    return f"""
    resource "atlan_app" "crawler" {{
      app_id     = "bigquery-crawler"
      entrypoint = "crawler"
      name       = "{name}"
      connection = {{ name = "analytics", admin_users = ["admin"], {connection} }}
    }}
    """


def qualified_name(workspace: Workspace) -> str:
    """The connection that state holds."""
    name: str = workspace.values("atlan_app.crawler")["connection"]["qualified_name"]
    return name


def said(events: list[dict[str, object]]) -> str:
    """All warnings as one line."""
    return " ".join(f"{each['summary']} {each['detail']}" for each in events if each["severity"] == "warning")


@pytest.mark.parametrize("command", ["plan", "apply"])
def test_a_destroy_says_which_connection_stays(start: Start, command: str) -> None:
    """With the words that keep it in another workflow."""
    _, workspace = start(configuration())
    workspace.apply().ok()
    kept = f'qualified_name = "{qualified_name(workspace)}"'
    arguments = ["plan", "-destroy", "-json"] if command == "plan" else ["apply", "-destroy", "-auto-approve", "-json"]
    told = said(workspace.run(*arguments).ok().diagnostics)
    assert (1, True) == (told.count(f"Destroying {LEAVES}"), kept in told)


def test_a_replacement_by_a_change_says_so_on_the_changed_attribute(start: Start) -> None:
    """A new name is a new workflow, and it crawls into a connection of its own."""
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
    """What is kept is not warned of."""
    _, workspace = start(configuration())
    workspace.apply().ok()
    workspace.write(configuration("two", f'qualified_name = "{qualified_name(workspace)}"'))
    assert [] == workspace.plan("-json").ok().diagnostics


def test_a_requested_replacement_says_so_when_it_is_applied(start: Start) -> None:
    """The protocol does not tell a plan of ``-replace``, so the apply says what stayed, once."""
    _, workspace = start(configuration())
    workspace.apply().ok()
    left = qualified_name(workspace)
    told = said(workspace.apply("-replace=atlan_app.crawler", "-json").ok().diagnostics)
    assert (1, True) == (told.count(f"Replacing {LEAVES}"), left in told)
    told = said(workspace.destroy("-json").ok().diagnostics)
    assert (1, 0) == (told.count(f"Destroying {LEAVES}"), told.count("Replacing"))


def test_an_update_leaves_nothing(start: Start) -> None:
    """A plan that changes in place, and one that changes nothing, do not warn."""
    _, workspace = start(configuration())
    workspace.apply().ok()
    assert [] == workspace.plan("-json").ok().diagnostics
    workspace.write(configuration(connection='admin_groups = ["data"]'))
    assert [] == workspace.apply("-json").ok().diagnostics
