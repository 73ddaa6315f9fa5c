"""A module on a machine that has only Terraform and the archive."""

import shutil

from scripts.lib.shared import markdown
from scripts.lib.shared.mirror import ROOT
from tests.support.machine import Machine
from tests.support.sandbox import Sandbox
from tests.support.ui import live

MODULE = ROOT / "examples" / "modules" / "atlan-redash"


def test_a_module_is_applied_as_its_page_says(machine: Machine, sandbox: Sandbox) -> None:
    """The module in the archive is initialized, planned and applied without Python, and its credential is stored."""
    workspace = machine.workspace(sandbox, "packed")
    shutil.copytree(MODULE, workspace.directory / MODULE.name)
    workspace.write(markdown.example(MODULE / "README.md"))
    workspace.env["TF_VAR_password"] = "a-password"
    workspace.init().ok()
    workspace.plan("-out=first.tfplan").ok()
    workspace.run("apply", "first.tfplan").ok()
    (made,) = live(sandbox)
    assert ("redash-production", 1) == (made["name"], len(made["schedules"]))
    assert sandbox.verify(made["inputs"]["credential_guid"], password="a-password")
