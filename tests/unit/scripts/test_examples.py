"""The examples, the quickstart and the README: what a newcomer copies or runs first."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scripts.lib.docs import pages
from scripts.lib.shared import markdown
from scripts.lib.shared.mirror import ROOT
from tests.support.terraform import PROVIDER, Running, Workspace

EXAMPLES = ROOT / "examples"
FOLDERS = sorted({path.parent.relative_to(EXAMPLES) for path in EXAMPLES.rglob("*.tf")})
APART = {"guides", "modules"}  # applied by test_guides.py, and all at once by tests/campaigns/test_modules.py
VALIDATED = [folder for folder in FOLDERS if folder.parts[0] not in APART]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PAGES = pages.pages()
BLOCK = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
BY_HAND = re.compile(r'"\^[^"]*\$\\?"')
"""A name or expression between anchors, in quotes."""
SHOWN = sorted(path for folder in ("examples", "templates") for path in (ROOT / folder).rglob("*") if path.is_file())
COMMANDS = sorted(path.name for path in (ROOT / "scripts").iterdir() if path.is_file() and not path.suffix)


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The provider's schemas, as the CLI prints them."""
    workspace = Workspace(tmp_path_factory.mktemp("schema"))
    workspace.write(PROVIDER)
    workspace.init().ok()
    told = json.loads(workspace.run("providers", "schema", "-json").ok().stdout)
    schemas: dict[str, Any] = next(iter(told["provider_schemas"].values()))
    return schemas


def test_examples_are_formatted(tmp_path: Path) -> None:
    """The formatter of the CLI changes no example."""
    Workspace(tmp_path).run("fmt", "-check", "-diff", "-recursive", str(EXAMPLES)).ok()


@pytest.mark.parametrize("folder", VALIDATED, ids=str)
def test_an_example_is_valid(tmp_path: Path, folder: Path) -> None:
    """The provider has all blocks and attributes of each example."""
    workspace = Workspace(tmp_path / "example")
    shutil.copytree(EXAMPLES / folder, workspace.directory, dirs_exist_ok=True)
    if not any("required_providers" in path.read_text() for path in workspace.directory.glob("*.tf")):
        workspace.write(PROVIDER, "required.tf")
    workspace.init().ok()
    workspace.validate().ok()


def test_no_filter_is_anchored_by_hand() -> None:
    """No example or template contains an anchored name. Comments and inputs that take an expression may."""
    lines = [(path, line) for path in SHOWN for line in path.read_text(encoding="utf-8").splitlines()]
    filters = [(path, line) for path, line in lines if not line.lstrip().startswith("#") and "regex" not in line]
    assert [] == [f"{path.relative_to(ROOT)}: {line}" for path, line in filters if BY_HAND.search(line)]


def test_everything_has_its_examples(schema: dict[str, Any]) -> None:
    """There is a configuration for each resource, data source and function, and both ways to import each resource."""
    resources = {f"resources/{name}" for name in schema["resource_schemas"]}
    files = ("resource.tf", "import.sh", "import-by-string-id.tf")
    expected = {f"{folder}/{name}" for folder in resources for name in files}
    expected |= {f"data-sources/{name}/data-source.tf" for name in schema["data_source_schemas"]}
    expected |= {f"functions/{name}/function.tf" for name in schema["functions"]}
    assert set() == {name for name in expected if not (EXAMPLES / name).is_file()}


def test_everything_in_the_schema_has_a_description(schema: dict[str, Any]) -> None:
    """Resources, data sources, attributes, functions and parameters have descriptions. There are no nested blocks."""
    blocks = {**schema["resource_schemas"], **schema["data_source_schemas"], "provider": schema["provider"]}
    assert [] == [path for name, told in blocks.items() for path in undescribed(told["block"], name)]
    parts = {name: [told, *told["parameters"]] for name, told in schema["functions"].items()}
    assert [] == [name for name, told in parts.items() if not all(each.get("description") for each in told)]


def undescribed(block: dict[str, Any], path: str) -> Iterator[str]:
    """Yield the paths of the attributes without a description."""
    if "description" not in block and "nesting_mode" not in block:
        yield path
    assert "block_types" not in block
    for name, attribute in block["attributes"].items():
        if not attribute.get("description"):
            yield f"{path}.{name}"
        if "nested_type" in attribute:
            yield from undescribed(attribute["nested_type"], f"{path}.{name}")


@pytest.mark.parametrize("kind", ["provider", "resource_schemas", "data_source_schemas"])
def test_the_pages_name_every_attribute(schema: dict[str, Any], kind: str) -> None:
    """The pages contain each setting, resource, data source and attribute."""
    text = "".join(PAGES.values())
    blocks = {"provider": schema["provider"]} if kind == "provider" else schema[kind]
    names = {name for block in blocks.values() for name in block["block"]["attributes"]} | set(blocks)
    assert set() == {name for name in names if f"`{name}`" not in text and name != "provider"}


def test_the_index_names_every_function_and_no_other(schema: dict[str, Any]) -> None:
    """Each function has a row with a link to its page."""
    rows = re.findall(
        rf"^\| \[`(\w+)`\]\({re.escape(pages.REGISTRY)}/(functions/\w+)\)", PAGES["index.md"], re.MULTILINE
    )
    assert {name: f"functions/{name}" for name in schema["functions"]} == dict(rows)


@pytest.mark.parametrize("command", COMMANDS)
def test_contributing_names_every_command(command: str) -> None:
    """Each program in scripts/ has a row."""
    assert f"| `scripts/{command}` |" in CONTRIBUTING


def test_the_sandbox_guide_names_every_option() -> None:
    """Each option that the sandbox's own help lists is in the guide."""
    program = ROOT / ".venv" / "bin" / "atlan-sandbox"
    told = subprocess.run([program, "--help"], capture_output=True, text=True, timeout=30, check=True).stdout
    options = set(re.findall(r"--[a-z][a-z-]+", told)) - {"--help"}
    assert "--port" in options
    assert set() == {option for option in options if f"`{option}`" not in PAGES["guides/sandbox.md"]}


def test_the_readme_is_short() -> None:
    """The README has at most 600 words outside its code blocks."""
    assert len(BLOCK.sub("", README).split()) <= 600


def test_the_readmes_example_is_complete_and_formatted(tmp_path: Path) -> None:
    """The example has about 25 lines, a provider block and its source, and `terraform fmt` changes nothing in it."""
    example = markdown.example(ROOT / "README.md")
    assert len(example.splitlines()) <= 27
    assert 'provider "atlan"' in example
    assert 'source = "atlanhq/atlan"' in example
    (tmp_path / "main.tf").write_text(example)
    Workspace(tmp_path / "work").run("fmt", "-check", "-diff", str(tmp_path)).ok()


def folders() -> set[Path]:
    """Return the folders of the repository that contain files, without hidden and generated ones."""
    found = set()
    for top in ROOT.iterdir():
        if not top.name.startswith(".") and top.name not in ("build", "dist"):
            found |= {folder for path in top.rglob("*") if path.is_file() for folder in path.parents}
    generated = {folder for folder in found if folder.name == "__pycache__" or ".terraform" in folder.parts}
    return {folder for folder in found - generated if ROOT in folder.parents}


def test_contributing_names_every_folder_and_no_other() -> None:
    """Each folder matches a name in the table's first column, and each of these names matches a folder."""
    _, _, section = CONTRIBUTING.partition("\n## Folders\n")
    cells = re.findall(r"^\| (`.+?) \|", section.partition("\n## ")[0], re.MULTILINE)
    tree = folders()
    named = {name: set(ROOT.glob(name)) & tree for cell in cells for name in re.findall(r"`(\S+)/`", cell)}
    assert [] == [name for name, matched in named.items() if not matched]
    assert set() == tree.difference(*named.values())


@pytest.mark.parametrize("name", ["README.md", "DESIGN.md", "CONTRIBUTING.md", "SECURITY.md"])
def test_a_link_to_a_file_leads_to_one(name: str) -> None:
    """Each relative link or picture names a file or folder of the repository."""
    text = BLOCK.sub("", (ROOT / name).read_text(encoding="utf-8"))
    targets = [target for target in re.findall(r"\]\(([^)\s#]+)", text) if "://" not in target]
    assert [] == [target for target in targets if not (ROOT / target).exists()]


def test_the_quickstart_succeeds_and_leaves_nothing(tmp_path: Path) -> None:
    """The README's first command, without its setup, succeeds although the CLI configuration of the user is missing."""
    environment = {"TMPDIR": str(tmp_path), "TF_CLI_CONFIG_FILE": str(tmp_path / "missing")}
    command = [sys.executable, "-m", "scripts.lib.quickstart"]
    with Running(command, ROOT, os.environ | environment) as running:
        result = running.wait(300).ok()
    for part in ("trigger_id", "No changes.", "Destroy complete! Resources: 2 destroyed."):
        assert part in result.stdout
    assert [] == list(tmp_path.glob("atlan-quickstart-*"))
