# client.app.create("bigquery-crawler", "bigquery-production", inputs, entrypoint="crawler", run=False)
# Change the inputs for client.app.update(slug, inputs). Remove the block for client.app.delete(slug).
resource "atlan_app" "bigquery" {
  app_id           = "bigquery-crawler"
  entrypoint       = "crawler"
  name             = "bigquery-production"
  asset_connection = { name = "bigquery-production", admin_users = ["admin"] }
  inputs           = { hidden_datasets = true }
}
