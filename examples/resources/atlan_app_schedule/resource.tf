# Weekdays at 5:30. For another schedule of the same workflow, add another resource. Set
# app_version = atlan_app.snowflake.published_version to attach the schedule again after each publish.
resource "atlan_app_schedule" "weekdays" {
  slug     = "snowflake-production-AbC123"
  cron     = "30 5 * * 1-5"
  timezone = "America/New_York"
}
