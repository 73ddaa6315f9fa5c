"""Configurations with a credential that has a configured name, and the names that a sandbox has stored."""

from tests.support.sandbox import Sandbox


def app(
    name: str = "it",
    version: int = 1,
    credential_name: str | None = "shared",
    config_name: str = "atlan-connectors-bigquery",
    username: str = "crawler@example.com",
    more: str = "",
) -> str:
    """Return a workflow whose credential has this name, or none."""
    named = f'name = "{credential_name}"' if credential_name else ""
    return f"""
resource "atlan_app" "it" {{
  app_id           = "bigquery-crawler"
  name             = "{name}"
  asset_connection = {{ name = "analytics", admin_users = ["admin"] }}
  credential_wo = {{
    auth_type             = "basic"
    connector_config_name = "{config_name}"
    username              = "{username}"
    password              = "version {version}"
    {named}
  }}
  credential_wo_version = {version}
  {more}
}}
"""


def credential(
    name: str | None = "shared",
    host: str = "db.example.com",
    config_name: str = "atlan-connectors-postgres",
    more: str = "",
) -> str:
    """Return a separate credential of this name, or none."""
    named = f'name = "{name}"' if name else ""
    return f"""
resource "atlan_credential" "it" {{
  auth_type             = "basic"
  connector_config_name = "{config_name}"
  host                  = "{host}"
  password_wo           = "secret"
  {named}
  {more}
}}
"""


def names(sandbox: Sandbox) -> list[str]:
    """Return the names of all stored credentials, archived ones too, oldest first."""
    return [each["name"] for each in sandbox.credentials()]


def text(output: str) -> str:
    """Return the output of a command in one line, without the frame of diagnostics."""
    return " ".join(output.replace("│", " ").split())
