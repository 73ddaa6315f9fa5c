"""The first steps of a new user: install from a mirror, and apply the quickstart."""

import json
import re
import shutil
from pathlib import Path

from scripts.lib.shared.mirror import ROOT
from tests.support.machine import VERSION, Machine
from tests.support.sandbox import Sandbox
from tests.support.ui import live

EXAMPLE = ROOT / "examples" / "quickstart"
WITH_A_FUNCTION = """
output "filter" {
  value = provider::atlan::anchored_filter({ "my-project" = ["analytics"] })
}
"""


def test_the_quickstart_is_installed_applied_and_removed(machine: Machine, sandbox: Sandbox) -> None:
    """``init`` writes a lock file from a packed mirror.

    The example is created, planned without changes, and destroyed.
    """
    workspace = machine.workspace(sandbox, "packed")
    shutil.copytree(EXAMPLE, workspace.directory, dirs_exist_ok=True)
    workspace.write(WITH_A_FUNCTION, "function.tf")
    workspace.init().ok()
    lock = Path(workspace.directory, ".terraform.lock.hcl").read_text()
    assert f'"{VERSION}"' in lock
    assert re.search(r'"h1:[A-Za-z0-9+/]{43}="', lock)
    workspace.apply().ok()
    outputs = workspace.outputs()
    assert [outputs["slug"]] == [each["slug"] for each in live(sandbox)]
    assert {"^my-project$": ["^analytics$"]} == outputs["filter"]
    assert {} == workspace.plan_changes()
    workspace.destroy().ok()
    assert [] == live(sandbox)


def test_both_mirrors_hold_the_same_package(machine: Machine, sandbox: Sandbox) -> None:
    """A lock file from one mirror is accepted with the other one, because the hash depends on the content only."""
    workspace = machine.workspace(sandbox, "packed")
    shutil.copytree(EXAMPLE, workspace.directory, dirs_exist_ok=True)
    workspace.init().ok()
    shutil.rmtree(workspace.directory / ".terraform")
    machine.workspace(sandbox, "unpacked").init("-lockfile=readonly").ok()


def test_the_program_says_its_version_and_its_schema_names_every_resource(machine: Machine, sandbox: Sandbox) -> None:
    """``terraform version`` and ``providers schema`` report the built version and every resource."""
    workspace = machine.workspace(sandbox, "unpacked")
    shutil.copytree(EXAMPLE, workspace.directory, dirs_exist_ok=True)
    workspace.init().ok()
    selected = json.loads(workspace.run("version", "-json").ok().stdout)["provider_selections"]
    assert [VERSION] == list(selected.values())
    (schema,) = json.loads(workspace.run("providers", "schema", "-json").ok().stdout)["provider_schemas"].values()
    examples = {path.name for path in (ROOT / "examples" / "resources").iterdir()}
    assert examples == set(schema["resource_schemas"])
