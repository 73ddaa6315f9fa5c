# A dbt app uses this credential with the input api_credential_guid = atlan_credential.dbt.guid
resource "atlan_credential" "dbt" {
  name                  = "dbt-production"
  connector_config_name = "atlan-connectors-dbt"
  auth_type             = "api"
  host                  = "https://cloud.getdbt.com"
  port                  = 443

  # Increase the version with each new secret, because Terraform cannot detect a change of the secret.
  password_wo       = var.dbt_token
  secret_wo_version = 1

  test_before_store = true
}

# The variable is ephemeral: neither plan files nor state contain its value.
variable "dbt_token" {
  type      = string
  sensitive = true
  ephemeral = true
}
