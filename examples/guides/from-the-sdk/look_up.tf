# client.app.get(slug), or client.app.get_all(name=…) and then client.app.get(slug)
data "atlan_app" "miner" {
  name = "bigquery-miner-production"
}

# client.app.get_all(), all pages
data "atlan_apps" "all" {}

# client.app.describe("bigquery-crawler")
data "atlan_app_info" "bigquery" {
  app_id = "bigquery-crawler"
}

# client.app.get_input_contract("bigquery-crawler", "crawler")
data "atlan_app_contract" "bigquery" {
  app_id     = "bigquery-crawler"
  entrypoint = "crawler"
}
