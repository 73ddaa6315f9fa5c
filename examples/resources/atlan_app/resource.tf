variable "snowflake_password" {
  type      = string
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

  # The service stores the credential. Neither plans nor state contain it. Increase the version to send a new one.
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
    extract_strategy  = "account-usage"
    enable_lineage    = true

    # Sent as it is: it is not verified whether this app reads names or anchored expressions.
    include_filter = { "ANALYTICS" = ["SALES"] }
  }

  timeouts = {
    create = "5m"
    update = "5m"
  }
}
