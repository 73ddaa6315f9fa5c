"""Each resource's example, applied with the released binary."""

from pathlib import Path

import pytest

from tests.installed.conftest import Start
from tests.support.examples import EXAMPLE_SLUGS, EXAMPLES, SECRETS, remaining
from tests.support.ui import create

TOGETHER = [("atlan_app", "atlan_credential"), ("atlan_app_run", "atlan_app_schedule")]
"""The examples that are applied together, to save launches. The examples of a pair share no workflow."""


def test_every_resource_is_tried() -> None:
    """Each resource with an example is in the table."""
    resources = {path.name for path in (EXAMPLES / "resources").iterdir()}
    assert resources == {name for names in TOGETHER for name in names}


@pytest.mark.parametrize("names", TOGETHER, ids=" and ".join)
def test_resources_are_made_quiet_and_removed(start: Start, names: tuple[str, ...]) -> None:
    """An apply creates each resource, a plan has no changes, and a destroy removes all."""
    sandbox, workspace = start(run_seconds=0, surface_schedules=True)
    workspace.env |= SECRETS
    texts = {name: Path(EXAMPLES, "resources", name, "resource.tf").read_text() for name in names}
    slugs = {name: create(sandbox, name) for name in sorted(set(EXAMPLE_SLUGS.findall("".join(texts.values()))))}
    for name, text in texts.items():
        workspace.write(EXAMPLE_SLUGS.sub(lambda found: f'"{slugs[found[1]]}"', text), f"{name}.tf")
    before = remaining(sandbox)
    workspace.apply().ok()
    assert set(names) == {address.partition(".")[0] for address in workspace.resources()}
    assert {} == workspace.plan_changes()
    workspace.destroy().ok()
    assert before == remaining(sandbox)


def test_a_typo_is_caught_by_the_plan(start: Start) -> None:
    """The binary checks the name of an input and a timezone, with modules that it imports late."""
    _, workspace = start("""
resource "atlan_app" "crawler" {
  app_id     = "bigquery-crawler"
  entrypoint = "crawler"
  name       = "typo"
  asset_connection = { name = "typo", admin_users = ["admin"] }
  inputs     = { include_filtre = {} }
}
""")
    workspace.plan().failed("include_filtre", "include_filter")
    workspace.write('resource "atlan_app_schedule" "daily" {\nslug = "a"\ncron = "0 6 * * *"\ntimezone = "Berlim"\n}')
    workspace.validate().failed("Berlim")
