"""The configurations that are compared. Each has ``size`` resources of one type, whose names start with ``prefix``.

They use ``count``: Terraform evaluates the whole expression of a ``for_each`` once for each instance.
"""

from __future__ import annotations

from typing import Final

SCHEDULES: Final = "slugs.json"
"""The file with the slugs of the apps that get a schedule."""

_APP: Final = """\
  app_id     = "bigquery-crawler"
  entrypoint = "crawler"
  name       = NAME
"""
_CONNECTION: Final = '{ name = NAME, admin_users = ["admin"] }'
_ALL_OF_A_CONNECTION: Final = """\
{
    name           = NAME
    qualified_name = format("default/bigquery/%s", NAME)
    connector_name = "bigquery"
    admin_users    = ["admin"]
    admin_groups   = []
    admin_roles    = []
  }"""
_INPUTS: Final = '{ include_filter = { (format("^%s$", NAME)) = ["^public$"] }, temp_table_regex = NAME }'

_SCHEDULES: Final = f"""
locals {{
  slugs = jsondecode(file("${{path.module}}/{SCHEDULES}"))
}}

resource "atlan_app_schedule" "it" {{
  count = length(local.slugs)
  slug  = local.slugs[count.index]
  cron  = "30 6 * * *"
}}

output "slugs" {{
  value = atlan_app.it[*].slug
}}
"""


def floor(size: int, prefix: str) -> str:
    """Return resources that are built into Terraform, with the values of an app."""
    values = f"{{\n{_APP}  asset_connection = {_CONNECTION}\n  inputs = {_INPUTS}\n  }}"
    return _resource("terraform_data", size, prefix, f"  input = {values}")


def noop(size: int, prefix: str) -> str:
    """Return resources of the provider that does nothing. All values are configured, because it computes none."""
    values = f"{_APP}  asset_connection = {_ALL_OF_A_CONNECTION}\n  inputs = {_INPUTS}"
    return _provider("noop") + _resource("noop_app", size, prefix, values)


def apps(size: int, prefix: str) -> str:
    """Return resources of this provider: apps, and a schedule for each slug in the file `SCHEDULES`.

    The slugs are in a file because Terraform evaluates all instances for each reference to one of them.
    """
    values = f"{_APP}  asset_connection = {_CONNECTION}\n  inputs = {_INPUTS}"
    return _provider("atlan") + _resource("atlan_app", size, prefix, values) + _SCHEDULES


def _provider(kind: str) -> str:
    return f'terraform {{\n  required_providers {{\n    {kind} = {{ source = "atlanhq/{kind}" }}\n  }}\n}}\n'


def _resource(kind: str, size: int, prefix: str, values: str) -> str:
    name = f'format("{prefix}-%05d", count.index)'
    return f'\nresource "{kind}" "it" {{\n  count = {size}\n{values.replace("NAME", name)}\n}}\n'
