# The address and the key come from ATLAN_BASE_URL and ATLAN_API_KEY.
provider "atlan" {}

locals {
  connection = "default/bigquery/${var.connection_made_at}"
}

# What the crawler takes as inputs, as the tenant says it.
data "atlan_app_contract" "bigquery" {
  app_id     = "bigquery-crawler"
  entrypoint = "crawler"
}

# The crawler itself. Creating it starts nothing: it runs when its schedule says so.
resource "atlan_app" "bigquery" {
  app_id     = data.atlan_app_contract.bigquery.app_id
  entrypoint = data.atlan_app_contract.bigquery.entrypoint
  name       = var.name

  inputs = {
    connection = {
      typeName = "Connection"
      attributes = {
        qualifiedName = local.connection
        connectorName = "bigquery"
        name          = var.name
        adminUsers    = var.admin_users
      }
    }
    connection_qualified_name = local.connection
    extraction_method         = "direct"
    credential_guid           = "" # keeps the credential that the tenant holds for it

    # Two datasets of one project, but for what is temporary.
    include_filter = jsonencode({
      "^my-project$" = ["^analytics$", "^finance$"]
    })
    temp_table_regex = "_(tmp|backup)$"

    enable_nested_columns     = true
    enable_bigquery_tag_sync  = false
    filter_sharded_tables     = true
    max_concurrent_activities = 15
    control_config_strategy   = "custom"
    control_config            = jsonencode({ retries = 2 })
  }
}

# Every morning at six.
resource "atlan_app_schedule" "daily" {
  slug     = atlan_app.bigquery.slug
  cron     = "0 6 * * *"
  timezone = "Europe/Berlin"
}
