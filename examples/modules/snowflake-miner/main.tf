locals {
  # An input that is null is not published: the app uses its default.
  inputs = {
    snowflake_database                = var.snowflake_database
    database_name                     = var.database_name
    schema_name                       = var.schema_name
    miner_start_time_epoch            = var.miner_start_time_epoch
    control_config_strategy           = var.control_config_strategy
    control_config                    = var.control_config
    preflight_check                   = var.preflight_check
    calculate_popularity              = var.calculate_popularity
    popularity_window_days            = var.popularity_window_days
    popularity_exclude_user_config    = var.popularity_exclude_user_config
    extract_strategy                  = var.extract_strategy
    native_lineage_active             = var.native_lineage_active
    indirect_lineage                  = tostring(var.indirect_lineage)
    ignore_orphans                    = tostring(var.ignore_orphans)
    enable_sharded                    = tostring(var.enable_sharded)
    enable_parent_job_scoping         = tostring(var.enable_parent_job_scoping)
    enable_fallback_match             = tostring(var.enable_fallback_match)
    include_indirect_column_relations = tostring(var.include_indirect_column_relations)
    process_routines                  = tostring(var.process_routines)
  }
}

resource "atlan_app" "this" {
  app_id         = "snowflake-miner"
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
