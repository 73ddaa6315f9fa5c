"""The configurations that are compared. Each makes ``size`` resources of one type, named by ``prefix``.

They count, for an expression in ``for_each`` is evaluated by Terraform once for each instance, all of it.
"""

from __future__ import annotations

from typing import Final

SCHEDULES: Final = "slugs.json"
"""In a folder of apps: the slugs to give a schedule each."""

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
    """What Terraform has built in, holding what an app holds."""
    held = f"{{\n{_APP}  connection = {_CONNECTION}\n  inputs = {_INPUTS}\n  }}"
    return _resource("terraform_data", size, prefix, f"  input = {held}")


def noop(size: int, prefix: str) -> str:
    """The provider that does nothing, which fills in nothing either."""
    values = f"{_APP}  connection = {_ALL_OF_A_CONNECTION}\n  inputs = {_INPUTS}"
    return _provider("noop") + _resource("noop_app", size, prefix, values)


def apps(size: int, prefix: str) -> str:
    """This provider: apps, and a schedule for each whose slug stands in the file of slugs.

    A reference to one of a thousand instances would make Terraform evaluate all of them, a thousand times.
    """
    values = f"{_APP}  connection = {_CONNECTION}\n  inputs = {_INPUTS}"
    return _provider("atlan") + _resource("atlan_app", size, prefix, values) + _SCHEDULES


def _provider(kind: str) -> str:
    return f'terraform {{\n  required_providers {{\n    {kind} = {{ source = "atlanhq/{kind}" }}\n  }}\n}}\n'


def _resource(kind: str, size: int, prefix: str, values: str) -> str:
    name = f'format("{prefix}-%05d", count.index)'
    return f'\nresource "{kind}" "it" {{\n  count = {size}\n{values.replace("NAME", name)}\n}}\n'
