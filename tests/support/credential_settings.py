"""Configurations of credentials, and what the sandbox has stored for them."""

from typing import Any

from tests.support.sandbox import Sandbox

ADDRESS = "atlan_credential.it"
VARIABLE = """
variable "secret" {
  type      = string
  ephemeral = true
}
"""


def credential(version: int | None = 1, host: str = "db.example.com", more: str = 'name = "shared"') -> str:
    """Return a credential whose password and private key are the variable `secret`."""
    secrets = f"secret_wo_version = {version}" if version else ""
    return f"""{VARIABLE}
resource "atlan_credential" "it" {{
  auth_type             = "basic"
  connector_config_name = "atlan-connectors-postgres"
  host                  = "{host}"
  port                  = 5432
  username              = "crawler"
  password_wo           = var.secret
  extra                 = {{ database = "sales", ssl = true }}
  extra_wo              = {{ private_key = var.secret }}
  {secrets}
  {more}
}}
"""


def workflow(version: int = 1, extra: str = "{ role = var.secret }", more: str = "") -> str:
    """Return a workflow with its own credential, whose password is the variable `secret`."""
    return f"""{VARIABLE}
resource "atlan_app" "it" {{
  app_id           = "bigquery-crawler"
  name             = "it"
  asset_connection = {{ name = "analytics", admin_users = ["admin"] }}

  credential_wo = {{
    auth_type             = "basic"
    connector_config_name = "atlan-connectors-bigquery"
    username              = "crawler@example.com"
    password              = var.secret
    extra                 = {extra}
  }}
  credential_wo_version = {version}
  {more}
}}
"""


def stored_record(sandbox: Sandbox, guid: str) -> dict[str, Any]:
    """Return the record of a credential as the service shows it."""
    answer = sandbox.call("GET", f"/api/service/credentials/{guid}")
    assert answer.status == 200, answer.text
    return answer.json


def stores(sandbox: Sandbox, guid: str, secret: str) -> bool:
    """Return True if the stored password and private key equal the secret."""
    claim = {"password": secret, "extra": {"private_key": secret}}
    answer = sandbox.call("POST", f"/_sandbox/credentials/{guid}/verify", claim)
    assert answer.status == 200, answer.text
    matches: bool = answer.json["matches"]
    return matches
