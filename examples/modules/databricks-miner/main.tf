locals {
  # An input that is null is not published: the app uses its default.
  inputs = {
    extract_strategy                   = var.extract_strategy
    extraction_catalog_type_lineage    = var.extraction_catalog_type_lineage
    cloned_catalog_name_lineage        = var.cloned_catalog_name_lineage
    cloned_schema_name_lineage         = var.cloned_schema_name_lineage
    sql_warehouse                      = var.sql_warehouse
    path_level_lineage                 = tostring(var.path_level_lineage)
    calculate_popularity               = tostring(var.calculate_popularity)
    extraction_catalog_type_popularity = var.extraction_catalog_type_popularity
    cloned_catalog_name_popularity     = var.cloned_catalog_name_popularity
    cloned_schema_name_popularity      = var.cloned_schema_name_popularity
    popularity_window_days             = var.popularity_window_days
    popularity_exclude_user_config     = var.popularity_exclude_user_config
    miner_start_time_epoch             = var.miner_start_time_epoch
    sql_warehouse_popularity           = var.sql_warehouse_popularity
    miner_lookback_days                = var.miner_lookback_days
    miner_chunk_interval_hours         = var.miner_chunk_interval_hours
    miner_max_concurrent_activities    = var.miner_max_concurrent_activities
    miner_wave_size                    = var.miner_wave_size
    miner_wave_concurrency             = var.miner_wave_concurrency
    preflight_context                  = var.preflight_context
  }
}

resource "atlan_app" "this" {
  app_id         = "databricks-miner"
  entrypoint     = "miner"
  name           = var.name
  adopt_existing = var.adopt_existing ? true : null
  asset_connection = {
    qualified_name = var.connection.qualified_name
    name           = var.connection.name
  }
  inputs = merge(
    {
      extraction_method = var.agent_json == null ? "direct" : "agent"
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
