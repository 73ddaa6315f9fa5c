locals {
  # An input that is null is not published: the app uses its default.
  inputs = {
    connector = var.connector
    run_role  = var.run_role
  }
}

resource "atlan_app" "this" {
  app_id         = "atlan-standard-lineage"
  entrypoint     = "standard-lineage"
  name           = var.name
  adopt_existing = var.adopt_existing ? true : null
  asset_connection = {
    name           = var.connection.name
    qualified_name = var.connection.qualified_name
    admin_users    = var.connection.admin_users
    admin_groups   = var.connection.admin_groups
    admin_roles    = var.connection.admin_roles
  }
  inputs = merge(
    {
      extraction_method                = var.agent_json == null ? "direct" : "agent"
      agent_json                       = var.agent_json
      cross_connection_qualified_names = jsonencode(var.cross_connection_qualified_names)
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
