# The provider reads ATLAN_BASE_URL and ATLAN_API_KEY.
provider "atlan" {}

# The input contract of the crawler on this tenant.
data "atlan_app_contract" "bigquery" {
  app_id     = "bigquery-crawler"
  entrypoint = "crawler"
}

# The crawler. An apply does not run it; its schedule does.
resource "atlan_app" "bigquery" {
  app_id     = data.atlan_app_contract.bigquery.app_id
  entrypoint = data.atlan_app_contract.bigquery.entrypoint
  name       = var.name

  # A new connection. The provider generates its qualified name and keeps it in state.
  asset_connection = {
    name        = var.name
    admin_users = var.admin_users
  }

  # The service stores the credential. Neither plans nor state contain it.
  credential_wo = {
    auth_type             = "basic"
    connector_config_name = "atlan-connectors-bigquery"
    username              = "atlan@my-project.iam.gserviceaccount.com"
    password              = var.bigquery_key
    extra                 = { project_id = "my-project" }
  }
  credential_wo_version = 1

  inputs = {
    extraction_method = "direct"

    # Two datasets of one project, without temporary tables.
    include_filter = provider::atlan::anchored_filter({
      "my-project" = ["analytics", "finance"]
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
