# A workflow that is made and kept in the web UI; slug = "snowflake-production-AbC123" finds it too
data "atlan_app" "snowflake" {
  name = "snowflake-production"
}

# Its schedule is kept here
resource "atlan_app_schedule" "nightly" {
  slug = data.atlan_app.snowflake.slug
  cron = "0 2 * * *"
}

# What a miner of the same connection refers to
output "connection" {
  value = data.atlan_app.snowflake.connection
}
