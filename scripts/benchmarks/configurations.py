"""The configurations that are compared. Each makes ``size`` resources of one type, named by ``prefix``."""

from __future__ import annotations

from typing import Final

SCHEDULES: Final = "slugs.json"
"""In a folder of apps: the slugs to give a schedule each, by the app's name."""

_APP: Final = """
    app_id     = "bigquery-crawler"
    entrypoint = "crawler"
    name       = each.key
"""
_CONNECTION: Final = '{ name = each.key, admin_users = ["admin"] }'
_INPUTS: Final = '{ include_filter = { "^${each.key}$" = ["^public$"] }, temp_table_regex = each.key }'


def floor(size: int, prefix: str) -> str:
    """What Terraform has built in, holding what an app holds."""
    held = f"{{{_APP}    connection = {_CONNECTION}\n    inputs     = {_INPUTS}\n  }}"
    return _resource("terraform_data", size, prefix, f"  input = {held}")


def noop(size: int, prefix: str) -> str:
    """The provider that does nothing; tf has no objects, so they are JSON."""
    values = f"  connection = jsonencode({_CONNECTION})\n  inputs = jsonencode({_INPUTS})"
    return _provider("noop") + _resource("noop_app", size, prefix, f"{_APP}{values}")


def apps(size: int, prefix: str) -> str:
    """This provider: apps, and a schedule for each that stands in the file of slugs.

    A reference to one of a thousand instances would make Terraform evaluate all of them, a thousand times.
    """
    values = f"{_APP}  connection = {_CONNECTION}\n  inputs = {_INPUTS}"
    app = _resource("atlan_app", size, prefix, values)
    return (
        _provider("atlan")
        + app
        + _SCHEDULES
        + 'output "slugs" { value = { for k, v in atlan_app.it : k => v.slug } }\n'
    )


_SCHEDULES: Final = f"""
resource "atlan_app_schedule" "it" {{
  for_each = jsondecode(file("${{path.module}}/{SCHEDULES}"))
  slug     = each.value
  cron     = "30 6 * * *"
}}
"""


def _provider(kind: str) -> str:
    return f'terraform {{\n  required_providers {{\n    {kind} = {{ source = "atlanhq/{kind}" }}\n  }}\n}}\n'


def _resource(kind: str, size: int, prefix: str, values: str) -> str:
    names = f'toset([for number in range({size}) : format("{prefix}-%05d", number)])'
    return f'\nresource "{kind}" "it" {{\n  for_each = {names}\n{values}\n}}\n'
