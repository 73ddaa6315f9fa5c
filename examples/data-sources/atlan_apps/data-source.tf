data "atlan_apps" "snowflake" {
  app_id = "snowflake-crawler"
}

locals {
  workflows = { for each in data.atlan_apps.snowflake.apps : each.slug => each }
}

# Import every workflow of the app
import {
  for_each = local.workflows
  to       = atlan_app.snowflake[each.key]
  id       = each.key
}

# These inputs follow the tenant. To manage the inputs with Terraform, write them out.
resource "atlan_app" "snowflake" {
  for_each = local.workflows
  app_id   = each.value.app_id
  name     = each.value.name
  inputs = provider::atlan::drop_defaults(
    data.atlan_app.snowflake[each.key].inputs,
    data.atlan_app_contract.snowflake.schema,
  )
}

data "atlan_app" "snowflake" {
  for_each = local.workflows
  slug     = each.key
}

data "atlan_app_contract" "snowflake" {
  app_id = "snowflake-crawler"
}
