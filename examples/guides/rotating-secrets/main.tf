variable "snowflake_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

# Increase this with each new password. The number is not secret, so you can commit it.
variable "snowflake_password_version" {
  type    = number
  default = 1
}

resource "atlan_app" "snowflake" {
  app_id           = "snowflake-crawler"
  entrypoint       = "crawler"
  name             = "snowflake-production"
  asset_connection = { name = "snowflake-production", admin_users = ["admin"] }
  inputs           = { extraction_method = "direct" }

  credential_wo = {
    auth_type             = "basic"
    connector_config_name = "atlan-connectors-snowflake"
    host                  = "example.snowflakecomputing.com"
    port                  = 443
    username              = "atlan"
    password              = var.snowflake_password
  }
  credential_wo_version = var.snowflake_password_version
}
