variable "bigquery_key" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "atlan_app" "bigquery" {
  app_id           = "bigquery-crawler"
  entrypoint       = "crawler"
  name             = "bigquery-production"
  asset_connection = { name = "bigquery-production", admin_users = ["admin"] }
  inputs           = { extraction_method = "direct" }

  credential_wo = {
    auth_type             = "basic"
    connector_config_name = "atlan-connectors-bigquery"
    username              = "atlan@example.iam.gserviceaccount.com"
    password              = var.bigquery_key
    extra                 = { project_id = "my-project" }
  }
  credential_wo_version = 1

  timeouts = {
    create = "5m"
    update = "5m"
  }
}

# Run after each publish. The apply waits for at most two hours, and fails if the run does not succeed.
resource "atlan_app_run" "after_publish" {
  slug     = atlan_app.bigquery.slug
  triggers = { version = atlan_app.bigquery.published_version }
  timeouts = { create = "2h" }
}
