# Working days at half past five. Another schedule of the same workflow is another resource. With
# app_version = atlan_app.snowflake.version it is attached anew whenever the workflow is published.
resource "atlan_app_schedule" "weekdays" {
  slug     = "snowflake-production-AbC123"
  cron     = "30 5 * * 1-5"
  timezone = "America/New_York"
}
