"""A stored connection of the tenant, and workflows that reference it or have their own."""

from typing import Any

from tests.support.sandbox import Sandbox

SHARED = "default/bigquery/1700000000"
OTHER_GUID = "22222222-2222-3333-4444-555555555555"
STORED = {
    "qualifiedName": SHARED,
    "connectorName": "bigquery",
    "name": "analytics",
    "adminUsers": ["admin"],
    "rowLimit": 10000,
    "defaultCredentialGuid": "11111111-2222-3333-4444-555555555555",
    "popularityScore": 1.5,
}

NEW = '{ name = "analytics", admin_users = ["admin"] }'
REFERENCE = f'{{ qualified_name = "{SHARED}" }}'


def app(connection: str, label: str = "it", app_id: str = "bigquery-crawler", more: str = "") -> str:
    return f"""
resource "atlan_app" "{label}" {{
  app_id     = "{app_id}"
  name       = "{label}"
  asset_connection = {connection}
  {more}
}}
"""


def make_connection(sandbox: Sandbox, **changes: Any) -> None:
    assert 200 == sandbox.call("POST", "/_sandbox/connections", {"attributes": {**STORED, **changes}}).status
