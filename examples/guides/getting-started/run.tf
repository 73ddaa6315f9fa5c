# Run the crawler now and after each publish, also a publish in the web UI. The apply waits for at most an hour.
resource "atlan_app_run" "snowflake" {
  slug     = atlan_app.snowflake.slug
  triggers = { version = atlan_app.snowflake.published_version }
  timeouts = { create = "1h" }
}
