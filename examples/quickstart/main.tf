# The address and the key come from ATLAN_BASE_URL and ATLAN_API_KEY.
provider "atlan" {}

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

  # A connection of its own: its identity is minted on create and kept.
  connection = {
    name        = var.name
    admin_users = var.admin_users
  }

  inputs = {
    extraction_method = "direct"

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
