"""The memory of one provider process does not grow through many cycles of plan and apply."""

import time
from pathlib import Path

from scripts.lib.shared.memory import resident
from tests.acceptance.conftest import Start
from tests.support.attached import attached
from tests.support.campaigns.figures import Figures
from tests.support.terraform import Workspace
from tests.support.ui import live

CYCLES, SHORT = 200, 12
SETTLED = 20
"""The cycle after which all modules are loaded and all threads are started."""

MOST_GROWTH = 0.10
FAILING = 0.02
SLOTS, EDITED, LASTS = 8, 3, 4
"""The number of apps, the cycles between two edits of an app, and the cycles before the first app is replaced."""

FLEET = """
locals {{
  fleet = {{
    {fleet}
  }}
}}

data "atlan_apps" "all" {{}}

resource "atlan_app" "it" {{
  for_each   = local.fleet
  app_id     = "bigquery-crawler"
  name       = each.key
  entrypoint = "crawler"
  asset_connection = {{
    name        = each.key
    admin_users = ["admin"]
  }}
  inputs = {{
    include_filter   = provider::atlan::anchored_filter({{ (each.key) = ["public"] }})
    temp_table_regex = each.value
  }}
}}

resource "atlan_app_schedule" "it" {{
  for_each    = atlan_app.it
  slug        = each.value.slug
  app_version = each.value.published_version
  cron        = "0 6 * * *"
}}
"""


def fleet(cycle: int) -> dict[str, str]:
    """Return the names of the configured apps in a cycle, with an input of each."""
    lives = {slot: cycle // LASTS if slot == 0 else 0 for slot in range(SLOTS)}
    return {f"app {slot}, life {life}": f"edit {(cycle + slot) // EDITED}" for slot, life in lives.items()}


def configured(cycle: int) -> str:
    return FLEET.format(fleet="\n    ".join(f'"{name}" = "{text}"' for name, text in fleet(cycle).items()))


def test_one_process_serves_many_cycles(start: Start, tmp_path: Path, full: bool, seed: int, figures: Figures) -> None:
    """Each cycle edits, creates or destroys apps. The final memory is at most a tenth larger than after cycle 20."""
    cycles = CYCLES if full else SHORT
    sandbox, workspace = start(surface_schedules=True)
    sandbox.chaos(seed=seed, failing=FAILING, latency_ms=(0, 0))
    held, started = [], time.monotonic()
    with attached(workspace, tmp_path) as plugin:
        for cycle in range(cycles):
            change(workspace, cycle)
            held.append(resident(plugin.process.pid))
        assert 0 == workspace.plan("-detailed-exitcode").returncode
        assert plugin.process.poll() is None
    report(figures, held, time.monotonic() - started)
    there = live(sandbox)
    assert fleet(cycles - 1).keys() == {each["name"] for each in there}
    assert [1] * SLOTS == [len(each["schedules"]) for each in there]
    if full:
        assert held[-1] <= held[SETTLED - 1] * (1 + MOST_GROWTH)


def change(workspace: Workspace, cycle: int) -> None:
    """Plan the configuration of a cycle, and apply that plan."""
    workspace.write(configured(cycle))
    planned = workspace.plan("-out=it.tfplan", "-detailed-exitcode")
    assert planned.returncode == 2, planned.output
    workspace.apply("it.tfplan").ok()


def report(figures: Figures, held: list[float], seconds: float) -> None:
    figures.count("soak: cycles of plan and apply through one process", len(held))
    figures.measure("soak: seconds a cycle", seconds / len(held))
    for cycle in sorted({1, min(SETTLED, len(held)), len(held)}):
        figures.measure(f"soak: MiB of the provider after cycle {cycle:3}", held[cycle - 1])
