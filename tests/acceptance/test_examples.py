"""The examples are applied unchanged on a tenant that contains what they name."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.acceptance.conftest import Start
from tests.support.examples import EXAMPLE_SLUGS, EXAMPLES, SECRETS, remaining, texts
from tests.support.runs import runs, statuses
from tests.support.sandbox import Sandbox
from tests.support.terraform import Workspace
from tests.support.ui import create, live, submit

TEXTS = texts()
LOOKING = sorted(path for kind in ("data-sources", "functions") for path in (EXAMPLES / kind).iterdir())
RESOURCES = sorted((EXAMPLES / "resources").iterdir())
GENERATED = "Config generation is experimental"
"""The warning of Terraform itself about ``-generate-config-out``."""
IMPORTED = re.compile(r'to = (?P<address>\S+)\n\s+id = "(?P<id>\S+)"')


def create_named_objects(sandbox: Sandbox) -> str:
    """Create the connection, the workflows and the run that the examples name, and return the id of the run."""
    sandbox.make_connection("default/snowflake/1735689600", "warehouse", adminUsers=["admin"])
    slug = create(sandbox, "snowflake-production", "snowflake-crawler", enable_lineage=True)
    create(sandbox, "snowflake-staging", "snowflake-crawler", include_filter='{"^A$": []}')
    run_id = submit(sandbox, slug)
    sandbox.set_run(run_id, "Succeeded")
    return run_id


def _label(folder: Path) -> str:
    return str(folder.relative_to(EXAMPLES))


@pytest.mark.parametrize("folder", LOOKING, ids=_label)
def test_an_example_is_applied_and_then_quiet(start: Start, folder: Path) -> None:
    """An apply succeeds and publishes nothing, and a plan has no changes."""
    sandbox, workspace = start()
    run_id = create_named_objects(sandbox)
    before = {each["slug"]: each["version"] for each in live(sandbox)}
    shutil.copytree(folder, workspace.directory, dirs_exist_ok=True)
    workspace.env["TF_VAR_run_id"] = run_id
    workspace.apply().ok()
    # every plan reads the data source in a check block
    assert {} == {address: what for address, what in workspace.plan_changes().items() if what != ["read"]}
    assert before == {each["slug"]: each["version"] for each in live(sandbox)}


def write_example(sandbox: Sandbox, workspace: Workspace, name: str) -> None:
    """Write an example, with its secrets and the slugs of existing workflows, and create what it names."""
    workspace.env |= SECRETS | {"TF_VAR_run_id": create_named_objects(sandbox)}
    for workflow, app_id in (("snowflake-miner", "snowflake-miner"), ("bigquery-miner-production", "bigquery-miner")):
        create(sandbox, workflow, app_id)
    if any("required_providers" in text for text in TEXTS[name].values()):
        (workspace.directory / "versions.tf").unlink()
    slugs = {each["name"]: each["slug"] for each in live(sandbox)}
    for file, text in TEXTS[name].items():
        workspace.write(EXAMPLE_SLUGS.sub(lambda found: f'"{slugs[found[1]]}"', text), file)
    if name == "guides/modules":
        shutil.copytree(EXAMPLES / "modules" / "bigquery-crawler", workspace.directory / "bigquery-crawler")
    workspace.init().ok()


@pytest.mark.parametrize("name", TEXTS)
def test_a_plan_of_an_example_has_no_warning(start: Start, name: str) -> None:
    """Nothing that the provider or Terraform finds has to be corrected after a copy."""
    sandbox, workspace = start(surface_schedules=True)
    write_example(sandbox, workspace, name)
    planned = workspace.plan("-json", "-generate-config-out=generated.tf").ok()
    assert [] == [each["summary"] for each in planned.diagnostics if each["summary"] != GENERATED]


def with_example(start: Start, folder: Path) -> tuple[Sandbox, Workspace]:
    """Write the example of a resource, with its secrets and with the slugs of existing workflows."""
    sandbox, workspace = start(run_seconds=0, surface_schedules=True)
    workspace.env |= SECRETS
    text = (folder / "resource.tf").read_text()
    for name in EXAMPLE_SLUGS.findall(text):
        text = text.replace(f"{name}-AbC123", create(sandbox, name))
    workspace.write(text, "resource.tf")
    return sandbox, workspace


def import_example(folder: Path, workspace: Workspace) -> tuple[str, str, list[str]]:
    """Return the address, the import block, and the ids of the import commands of a resource's example.

    An id that the service creates is replaced by the one in state.
    """
    block = (folder / "import-by-string-id.tf").read_text()
    found = IMPORTED.search(block)
    assert found is not None
    address, example = found["address"], found["id"]
    minted = workspace.values(address)["id"]
    commands = [shlex.split(line, comments=True) for line in (folder / "import.sh").read_text().splitlines()]
    ids = [words[3].replace(example, minted) for words in commands if words[:3] == ["terraform", "import", address]]
    return address, block.replace(example, minted), ids


@pytest.mark.parametrize("folder", RESOURCES, ids=_label)
def test_a_resource_is_made_quiet_and_removed(start: Start, folder: Path) -> None:
    """An apply creates something, a plan has no changes, and a destroy removes all except the runs."""
    sandbox, workspace = with_example(start, folder)
    before = remaining(sandbox)
    workspace.apply().ok()
    assert (before, []) != (remaining(sandbox), runs(sandbox))
    assert {} == workspace.plan_changes()
    workspace.destroy().ok()
    assert before == remaining(sandbox)
    assert {"Succeeded"} >= set(statuses(sandbox))


@pytest.mark.parametrize("folder", RESOURCES, ids=_label)
def test_a_resource_is_imported_as_its_examples_say(start: Start, folder: Path) -> None:
    """Each command and the block import the resource, an apply creates nothing, and a plan has no changes."""
    sandbox, workspace = with_example(start, folder)
    workspace.apply().ok()
    made = (remaining(sandbox), runs(sandbox))
    address, block, ids = import_example(folder, workspace)
    identity = workspace.values(address)["id"]
    assert ids
    for each in ids:
        workspace.state("rm", address).ok()
        workspace.import_(address, each).ok()
        assert identity == workspace.values(address)["id"]
    workspace.state("rm", address).ok()
    workspace.write(block, "import-by-string-id.tf")
    workspace.apply().ok()
    assert made == (remaining(sandbox), runs(sandbox))
    assert {} == workspace.plan_changes()


def test_the_providers_example_is_applied(start: Start) -> None:
    """Requests go to the tenant of the environment only, because no resource uses the second one."""
    sandbox, workspace = start()
    (workspace.directory / "versions.tf").unlink()
    shutil.copytree(EXAMPLES / "provider", workspace.directory, dirs_exist_ok=True)
    workspace.write('data "atlan_app_info" "it" { app_id = "bigquery-crawler" }')
    workspace.env |= SECRETS
    workspace.init().ok()
    workspace.apply().ok()
    assert ["/api/service/v1/apps/bigquery-crawler"] == [each["path"] for each in sandbox.requests()]
    assert {} == workspace.plan_changes()


def test_the_readmes_example_is_applied(start: Start) -> None:
    """An apply creates the workflow and the schedule of the example, and the next plan reports no changes."""
    sandbox, workspace = start()
    (workspace.directory / "versions.tf").unlink()
    workspace.write(TEXTS["README.md"]["main.tf"])
    workspace.env |= SECRETS
    workspace.init().ok()
    workspace.validate().ok()
    workspace.apply().ok()
    (made,) = live(sandbox)
    assert ["0 6 * * *"] == [each["cron"] for each in made["schedules"]]
    assert {} == workspace.plan_changes()
