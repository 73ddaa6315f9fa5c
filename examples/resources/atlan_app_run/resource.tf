# Runs the workflow now, and anew whenever it is published. The apply waits for the end, an hour at most, and fails
# unless that is Succeeded. Ctrl-C ends the wait alone: the next apply waits on.
resource "atlan_app_run" "now" {
  slug     = "snowflake-production-AbC123"
  triggers = { version = "1700000000" } # such as atlan_app.snowflake.version
  timeouts = { create = "1h" }
}

# Started and left alone: status is what the last refresh saw, and a destroy lets the run go on.
resource "atlan_app_run" "in_the_background" {
  slug                = "snowflake-miner-AbC123"
  wait_for_completion = false
  cancel_on_destroy   = false
}
