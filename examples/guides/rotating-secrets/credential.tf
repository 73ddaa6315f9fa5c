variable "dbt_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "dbt_token_version" {
  type    = number
  default = 1
}

resource "atlan_credential" "dbt" {
  name                  = "dbt-production"
  connector_config_name = "atlan-connectors-dbt"
  auth_type             = "api"
  host                  = "https://cloud.getdbt.com"
  port                  = 443

  password_wo       = var.dbt_token
  secret_wo_version = var.dbt_token_version
}
