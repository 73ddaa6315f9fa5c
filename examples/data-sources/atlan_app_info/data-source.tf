data "atlan_app_info" "bigquery" {
  app_id = "bigquery-crawler"

  lifecycle {
    postcondition {
      condition     = self.native_ready
      error_message = "Workflows of ${self.app_id} cannot be created on this tenant."
    }
  }
}

# What atlan_app.entrypoint takes
output "entrypoints" {
  value = data.atlan_app_info.bigquery.entrypoints
}
