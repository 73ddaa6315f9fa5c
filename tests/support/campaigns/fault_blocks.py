"""The blocks of the configurations that the scenarios for faults apply."""

QUALIFIED_NAME = "default/bigquery/1700000000"
PASSWORD = "not-a-real-password"
"""The password of each credential in the end."""
FORMER_PASSWORD = "another-password"
OWN_NAME = "of-the-workflow"


def app_block(hidden: bool = False, more: str = "", connection: str = 'name = "analytics"') -> str:
    return f"""
resource "atlan_app" "it" {{
  app_id     = "bigquery-crawler"
  name       = "it"
  asset_connection = {{ {connection}, admin_users = ["admin"] }}
  inputs     = {{ hidden_datasets = {str(hidden).lower()} }}
  {more}
}}
"""


def own_credential(version: int, password: str = PASSWORD) -> str:
    """Return the attributes of a workflow's own credential."""
    return f"""credential_wo = {{
    name                  = "{OWN_NAME}"
    auth_type             = "basic"
    connector_config_name = "atlan-connectors-bigquery"
    username              = "crawler@example.com"
    password              = "{password}"
  }}
  credential_wo_version = {version}"""


def schedule_block(hour: int = 6, slug: str = "atlan_app.it.slug") -> str:
    return f'resource "atlan_app_schedule" "it" {{\n  slug = {slug}\n  cron = "0 {hour} * * *"\n}}\n'


def run_block(*, wait: bool = False) -> str:
    waits = str(wait).lower()
    return f'resource "atlan_app_run" "run" {{\n  slug = atlan_app.it.slug\n  wait_for_completion = {waits}\n}}\n'


def credential_block(host: str = "db", name: str = 'name = "it"') -> str:
    return f"""
resource "atlan_credential" "it" {{
  {name}
  auth_type             = "basic"
  connector_config_name = "atlan-connectors-postgres"
  host                  = "{host}.example.com"
  password_wo           = "{PASSWORD}"
  secret_wo_version     = 1
}}
"""


def import_block(to: str, import_id: str) -> str:
    return f'import {{\n  to = {to}\n  id = "{import_id}"\n}}\n'


def data_block(kind: str, argument: str) -> str:
    return f'data "atlan_{kind}" "it" {{\n  {argument}\n}}\n'
