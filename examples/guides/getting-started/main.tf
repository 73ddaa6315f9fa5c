# Set TF_VAR_snowflake_password. The variable is ephemeral: neither plan files nor state contain its value.
variable "snowflake_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "atlan_app" "snowflake" {
  app_id     = "snowflake-crawler"
  entrypoint = "crawler"
  name       = "snowflake-production"

  asset_connection = {
    name        = "snowflake-production"
    admin_users = ["admin"]
  }

  credential_wo = {
    auth_type             = "basic"
    connector_config_name = "atlan-connectors-snowflake"
    host                  = "example.snowflakecomputing.com"
    port                  = 443
    username              = "atlan"
    password              = var.snowflake_password
    extra                 = { role = "ATLAN", warehouse = "ATLAN_WH" }
  }
  credential_wo_version = 1

  inputs = {
    extraction_method = "direct"
    enable_lineage    = true

    # Sent as it is: it is not verified whether this app reads names or anchored expressions.
    include_filter = { "ANALYTICS" = ["SALES", "FINANCE"] }
  }
}

resource "atlan_app_schedule" "daily" {
  slug     = atlan_app.snowflake.slug
  cron     = "0 6 * * *"
  timezone = "Europe/Berlin"
}
