"""The examples of data sources and functions, as somebody would copy them, against a tenant that has what they name."""

import shutil
from pathlib import Path

import pytest

from scripts.support.mirror import ROOT
from tests.acceptance.conftest import Start
from tests.acceptance.ui import create, live, submit
from tests.support.sandbox import Sandbox

EXAMPLES = ROOT / "examples"
KINDS = ("data-sources", "functions")
FOLDERS = sorted(path.relative_to(EXAMPLES) for kind in KINDS for path in (EXAMPLES / kind).iterdir())


def furnish(sandbox: Sandbox) -> str:
    """Make what the examples name: a connection, workflows, and a run, whose id is returned."""
    sandbox.make_connection("default/snowflake/1735689600", "warehouse", adminUsers=["admin"])
    slug = create(sandbox, "snowflake-production", "snowflake-crawler", enable_lineage=True)
    create(sandbox, "snowflake-staging", "snowflake-crawler", include_filter='{"^A$": []}')
    run_id = submit(sandbox, slug)
    sandbox.set_run(run_id, "Succeeded")
    return run_id


@pytest.mark.parametrize("folder", FOLDERS, ids=str)
def test_an_example_is_applied_and_then_quiet(start: Start, folder: Path) -> None:
    """It succeeds as it stands, publishes nothing, and plans to no changes."""
    sandbox, workspace = start()
    run_id = furnish(sandbox)
    before = {each["slug"]: each["version"] for each in live(sandbox)}
    shutil.copytree(EXAMPLES / folder, workspace.directory, dirs_exist_ok=True)
    workspace.env["TF_VAR_run_id"] = run_id
    workspace.apply().ok()
    # what stands in a check block is read in every plan
    assert {} == {address: what for address, what in workspace.plan_changes().items() if what != ["read"]}
    assert before == {each["slug"]: each["version"] for each in live(sandbox)}
