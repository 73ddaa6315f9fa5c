locals {
  # An input that is null is not published: the app uses its default.
  inputs = {
    miner_start_time_epoch           = var.miner_start_time_epoch
    region_strategy                  = var.region_strategy
    region                           = var.region
    fetch_all_projects_query_history = var.fetch_all_projects_query_history
    calculate_popularity             = tostring(var.calculate_popularity)
    pricing_model                    = var.pricing_model
    billing_strategy                 = var.billing_strategy
    popularity_window_days           = var.popularity_window_days
    popularity_exclude_user_config   = var.popularity_exclude_user_config
    control_config_strategy          = var.control_config_strategy
    control_config                   = var.control_config
    chunk_interval_hours             = var.chunk_interval_hours
    enable_continue_as_new           = var.enable_continue_as_new
    max_concurrent_activities        = var.max_concurrent_activities
    max_activities_per_execution     = var.max_activities_per_execution
    schedule_to_start_timeout_secs   = var.schedule_to_start_timeout_secs
    sql_pandas_batch_size            = var.sql_pandas_batch_size
  }
}

resource "atlan_app" "this" {
  app_id         = "bigquery-miner"
  entrypoint     = "miner"
  name           = var.name
  adopt_existing = var.adopt_existing ? true : null
  asset_connection = {
    qualified_name = var.connection.qualified_name
    name           = var.connection.name
  }
  inputs = merge(
    {
      extraction_method = var.agent_json == null ? "query_history" : "agent"
      agent_json        = var.agent_json
    },
    { for name, value in local.inputs : name => value if value != null },
    var.more_inputs,
  )
  credential_guid = var.credential_guid
}

# A schedule runs the version that it is attached to: each publish by Terraform attaches it again.
resource "atlan_app_schedule" "this" {
  count          = var.schedule == null ? 0 : 1
  slug           = atlan_app.this.slug
  cron           = var.schedule.cron
  timezone       = var.schedule.timezone
  app_version    = atlan_app.this.published_version
  adopt_existing = var.adopt_existing ? true : null
}
