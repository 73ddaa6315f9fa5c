variable "bigquery_key" {
  type      = string
  sensitive = true
  ephemeral = true
}

# client.app.create("bigquery-crawler", "bigquery-production", inputs, entrypoint="crawler", run=False)
# Change the inputs for client.app.update(slug, inputs). Remove the block for client.app.delete(slug).
resource "atlan_app" "bigquery" {
  app_id           = "bigquery-crawler"
  entrypoint       = "crawler"
  name             = "bigquery-production"
  asset_connection = { name = "bigquery-production", admin_users = ["admin"] }
  inputs           = { hidden_datasets = true }

  # inputs["credential"] of the SDK
  credential_wo = {
    auth_type             = "basic"
    connector_config_name = "atlan-connectors-bigquery"
    username              = "atlan@my-project.iam.gserviceaccount.com"
    password              = var.bigquery_key
    extra                 = { project_id = "my-project" }
  }
  credential_wo_version = 1
}
