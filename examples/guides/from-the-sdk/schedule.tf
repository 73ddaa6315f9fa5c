# client.app.add_schedule(slug, "30 2 * * 1-5"). Remove the block for client.app.remove_schedule(slug, trigger_id).
resource "atlan_app_schedule" "weekdays" {
  slug = atlan_app.bigquery.slug
  cron = "30 2 * * 1-5"
}
