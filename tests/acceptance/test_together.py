"""Data sources, functions, imports and schedules in one configuration."""

from tests.acceptance.conftest import Start
from tests.support.ui import create, live

TAKEN_OVER = """
data "atlan_apps" "all" {}

locals {
  workflows = { for each in data.atlan_apps.all.apps : each.slug => each }
}

import {
  for_each = local.workflows
  to       = atlan_app.taken_over[each.key]
  id       = each.key
}

data "atlan_app" "it" {
  for_each = local.workflows
  slug     = each.key
}

data "atlan_app_contract" "it" {
  for_each = toset(data.atlan_apps.all.apps[*].app_id)
  app_id   = each.key
}

resource "atlan_app" "taken_over" {
  for_each = local.workflows
  app_id   = each.value.app_id
  name     = each.value.name
  inputs = provider::atlan::drop_defaults(
    data.atlan_app.it[each.key].inputs,
    data.atlan_app_contract.it[each.value.app_id].schema,
  )
}
"""
SCHEDULED = """
data "atlan_app" "it" { name = "größe \\"a/b\\" 🚀" }

resource "atlan_app_schedule" "daily" {
  slug        = data.atlan_app.it.slug
  app_version = data.atlan_app.it.version
  cron        = "0 6 * * *"
}
"""


def test_all_that_exists_is_imported_and_nothing_is_published(start: Start) -> None:
    """``import`` blocks with ``for_each`` import each workflow with its inputs, and no version changes."""
    sandbox, workspace = start(TAKEN_OVER, page_size=2)
    create(sandbox, 'größe "a/b" 🚀', include_filter='{"^a$": ["^b$"]}', filter_sharded_tables=True)
    create(sandbox, "plain")
    create(sandbox, "warehouse", "snowflake-crawler", enable_lineage=True, extraction_method="direct")
    before = live(sandbox)
    assert "Plan: 3 to import, 0 to add, 0 to change, 0 to destroy." in workspace.plan().ok().output
    workspace.apply().ok()
    assert before == live(sandbox)
    assert {} == workspace.plan_changes()
    managed = {
        values["values"]["slug"] for name, values in workspace.resources().items() if name.startswith("atlan_app.")
    }
    assert {each["slug"] for each in before} == managed


def test_a_workflow_that_is_looked_up_by_name_is_scheduled(start: Start) -> None:
    """A data source finds a workflow with any characters in its name, and the schedule uses its slug."""
    sandbox, workspace = start(SCHEDULED)
    slug = create(sandbox, 'größe "a/b" 🚀')
    workspace.apply().ok()
    assert [(slug, "0 6 * * *")] == [(each["slug"], each["schedules"][0]["cron"]) for each in live(sandbox)]
    assert {} == workspace.plan_changes()
    workspace.destroy().ok()
    assert [(slug, [])] == [(each["slug"], each["schedules"]) for each in live(sandbox)]
