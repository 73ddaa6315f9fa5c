# client.app.submit(slug), then client.app.get_run(run_id) until the run has ended
resource "atlan_app_run" "now" {
  slug     = atlan_app.bigquery.slug
  triggers = { version = atlan_app.bigquery.published_version }
}

# client.app.submit(slug) without waiting. Remove the block for client.app.cancel_run(run_id) of an active run.
resource "atlan_app_run" "in_the_background" {
  slug                = data.atlan_app.miner.slug
  wait_for_completion = false
}

# client.app.get_run(run_id), once
data "atlan_app_run" "background" {
  run_id = atlan_app_run.in_the_background.run_id
}
