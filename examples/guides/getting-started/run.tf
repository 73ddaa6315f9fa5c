# Runs the crawler now, and again after each publish, also one in the web UI. The apply waits for the end, an hour at most.
resource "atlan_app_run" "snowflake" {
  slug     = atlan_app.snowflake.slug
  triggers = { version = atlan_app.snowflake.version }
  timeouts = { create = "1h" }
}
