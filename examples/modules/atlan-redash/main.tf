locals {
  # An input that is null is not published: the app uses its default.
  inputs = {
    include_queries_tags        = var.include_queries_tags
    exclude_queries_tags        = var.exclude_queries_tags
    include_dashboards_tags     = var.include_dashboards_tags
    exclude_dashboards_tags     = var.exclude_dashboards_tags
    advanced_config_strategy    = var.advanced_config_strategy
    include_unpublished_queries = tostring(var.include_unpublished_queries)
    queries_without_tags        = tostring(var.queries_without_tags)
    dashboards_without_tags     = tostring(var.dashboards_without_tags)
    redash_alternate_host       = var.redash_alternate_host
  }

  # True if the workflow needs a credential.
  signs_in = (
    var.connection.qualified_name == null &&
    var.agent_json == null &&
    !var.adopt_existing
  )

  # At most one of these is set.
  credentials = [
    var.credential.api_key == null ? null : {
      auth_type             = "api_key"
      connector_config_name = "atlan-connectors-redash"
      connector_type        = "redash"
      host                  = var.credential.api_key.host
      port                  = var.credential.api_key.port
      password              = var.credential.api_key.password
    },
  ]
}

resource "atlan_app" "this" {
  app_id         = "atlan-redash"
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
      extraction_method = var.agent_json == null ? "direct" : "agent"
      agent_json        = var.agent_json
    },
    { for name, value in local.inputs : name => value if value != null },
    var.more_inputs,
  )
  credential_wo         = one([for credential in local.credentials : credential if credential != null])
  credential_wo_version = local.signs_in ? coalesce(var.credential_version, 1) : var.credential_version
  credential_guid       = var.credential_guid
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
