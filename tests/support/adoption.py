"""Configurations of a workflow that adopts, and the workflows of a tenant."""

from tests.support.sandbox import Sandbox
from tests.support.ui import live

ADOPTING = """
resource "atlan_app" "%(label)s" {
  app_id           = "bigquery-crawler"
  entrypoint       = "crawler"
  name             = "%(name)s"
  adopt_existing   = true
  asset_connection = { name = "bigquery", admin_users = ["admin"] }
  %(more)s
}
"""
CREATE_FIRST = "lifecycle { create_before_destroy = true }"
NAME = 'resource "terraform_data" "name" { input = "bigquery prod" }\n'


def adopting(label: str = "crawler", name: str = "bigquery prod", more: str = "") -> str:
    return ADOPTING % {"label": label, "name": name, "more": more}


def slugs(sandbox: Sandbox) -> list[str]:
    return sorted(each["slug"] for each in live(sandbox))
