# Run the workflow now and after each publish. The apply waits for at most an hour, and fails if the run does not
# succeed. Ctrl-C ends only the wait: the next apply waits again.
resource "atlan_app_run" "now" {
  slug     = "snowflake-production-AbC123"
  triggers = { version = "1700000000" } # for example atlan_app.snowflake.published_version
  timeouts = { create = "1h" }
}

# Start a run without waiting. status is the one that the last refresh read, and a destroy does not cancel the run.
resource "atlan_app_run" "in_the_background" {
  slug                = "snowflake-miner-AbC123"
  wait_for_completion = false
  cancel_on_destroy   = false
}
