# client.app.create("bigquery-crawler", "bigquery-production", inputs, entrypoint="crawler", run=False)
# A change of the inputs is client.app.update(slug, inputs); removing the block is client.app.delete(slug).
resource "atlan_app" "bigquery" {
  app_id     = "bigquery-crawler"
  entrypoint = "crawler"
  name       = "bigquery-production"
  connection = { name = "bigquery-production", admin_users = ["admin"] }
  inputs     = { hidden_datasets = true }
}
