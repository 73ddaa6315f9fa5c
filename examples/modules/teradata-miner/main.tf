locals {
  # An input that is null is not published: the app uses its default.
  inputs = {
    miner_start_time_epoch  = var.miner_start_time_epoch
    advanced_config         = var.advanced_config
    cross_connection        = tostring(var.cross_connection)
    control_config_strategy = var.control_config_strategy
    control_config          = var.control_config
  }
}

resource "atlan_app" "this" {
  app_id         = "teradata-miner"
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
