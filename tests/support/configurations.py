"""Configurations that several tests use."""

import json
from typing import Any

CONNECTION = {
    "typeName": "Connection",
    "attributes": {
        "qualifiedName": "default/bigquery/1700000000",
        "connectorName": "bigquery",
        "name": "analytics",
        "adminUsers": ["admin"],
    },
}


ENTRYPOINT = 'entrypoint = "crawler"'


def app(label: str = "crawler", name: str = "bigquery prod", more: str = ENTRYPOINT, **inputs: Any) -> str:
    """Return a BigQuery crawler with a connection and these inputs, and with `more` in its block."""
    return f"""
resource "atlan_app" "{label}" {{
  app_id = "bigquery-crawler"
  name   = "{name}"
  inputs = jsondecode({json.dumps(json.dumps({"connection": CONNECTION, **inputs}))})
  {more}
}}
"""


def schedule(
    label: str = "daily", app_label: str = "crawler", cron: str = "0 6 * * *", timezone: str | None = None
) -> str:
    """Return a schedule of that crawler."""
    zone = f'timezone = "{timezone}"' if timezone else ""
    return f"""
resource "atlan_app_schedule" "{label}" {{
  slug = atlan_app.{app_label}.slug
  cron = "{cron}"
  {zone}
}}
"""
