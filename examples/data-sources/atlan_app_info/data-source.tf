data "atlan_app_info" "bigquery" {
  app_id = "bigquery-crawler"

  lifecycle {
    postcondition {
      condition     = self.native_ready
      error_message = "Workflows of ${self.app_id} cannot be created on this tenant."
    }
  }
}

# The possible values of atlan_app.entrypoint
output "entrypoints" {
  value = data.atlan_app_info.bigquery.entrypoints
}
