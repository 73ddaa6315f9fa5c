# A dbt app's inputs take this credential's guid: api_credential_guid = atlan_credential.dbt.guid
resource "atlan_credential" "dbt" {
  name                  = "dbt-production"
  connector_config_name = "atlan-connectors-dbt"
  auth_type             = "api"
  host                  = "https://cloud.getdbt.com"
  port                  = 443

  # Raise the version with every new secret: a secret leaves no trace that a plan could compare.
  password_wo       = var.dbt_token
  secret_wo_version = 1

  test_before_store = true
}

# The variable is ephemeral: neither plan files nor state hold any part of it.
variable "dbt_token" {
  type      = string
  sensitive = true
  ephemeral = true
}
