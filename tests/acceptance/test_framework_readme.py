"""The provider in the framework's README, run by the real CLI."""

import re
import sys
from pathlib import Path

from tests.support import plugin_client
from tests.support.attached import REATTACH
from tests.support.terraform import Workspace

README = plugin_client.ROOT / "provider" / "framework" / "README.md"


def example(language: str) -> str:
    """Return the README's only code block in a language."""
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", README.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    return str(found)


def test_the_provider_of_the_readme_works(tmp_path: Path) -> None:
    """The provider creates, reads, updates and destroys a note, and a plan after an apply is empty."""
    program = tmp_path / "notes.py"
    program.write_text(example("python"), encoding="utf-8")
    command = [sys.executable, str(program), "--debug"]
    with plugin_client.launched(tmp_path, command=command, connect=False, cookie=False, TF_LOG="") as plugin:
        line = plugin.stdout.wait_for(lambda line: line.startswith(f"{REATTACH}="))
        where = line.removeprefix(f"{REATTACH}=").strip("'")
        workspace = Workspace(tmp_path / "workspace", env={REATTACH: where})
        workspace.write(example("hcl"))
        note = workspace.directory / "greeting"
        workspace.init().ok()
        workspace.apply().ok()
        assert ("Hello.", {"greeting": "Hello."}) == (note.read_text(), workspace.outputs())
        assert {} == workspace.plan_changes()
        note.write_text("Changed elsewhere.")
        assert ["update"] == workspace.plan_changes()["notes_note.greeting"]
        workspace.apply().ok()
        assert "Hello." == note.read_text()
        workspace.write(example("hcl").replace('name = "greeting"', 'name = "two words"'))
        workspace.plan().failed("name is not valid", "Set it to a word.")
        workspace.write(example("hcl"))
        workspace.destroy().ok()
        assert not note.exists()
