# A workflow that people manage in the web UI. slug = "snowflake-production-AbC123" also works.
data "atlan_app" "snowflake" {
  name = "snowflake-production"
}

# Terraform manages only its schedule
resource "atlan_app_schedule" "nightly" {
  slug = data.atlan_app.snowflake.slug
  cron = "0 2 * * *"
}

# The connection, for example for a miner that uses the same one
output "connection" {
  value = data.atlan_app.snowflake.asset_connection
}
