locals {
  # An input that is null is not published: the app uses its default.
  inputs = {
    temp_table_regex            = var.temp_table_regex
    advanced_config_strategy    = var.advanced_config_strategy
    use_source_schema_filtering = tostring(var.use_source_schema_filtering)
  }

  # True if the workflow needs a credential.
  signs_in = (
    var.connection.qualified_name == null &&
    var.agent_json == null &&
    !var.adopt_existing
  )

  # At most one of these is set.
  credentials = [
    var.credential.basic == null ? null : {
      auth_type             = "basic"
      connector_config_name = "atlan-connectors-teradata"
      connector_type        = "teradata"
      host                  = var.credential.basic.host
      port                  = var.credential.basic.port
      username              = var.credential.basic.username
      password              = var.credential.basic.password
    },
    var.credential.ldap == null ? null : {
      auth_type             = "ldap"
      connector_config_name = "atlan-connectors-teradata"
      connector_type        = "teradata"
      host                  = var.credential.ldap.host
      port                  = var.credential.ldap.port
      username              = var.credential.ldap.username
      password              = var.credential.ldap.password
    },
  ]
}

resource "atlan_app" "this" {
  app_id         = "teradata-crawler"
  entrypoint     = "crawler"
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
      include_filter    = jsonencode(provider::atlan::anchored_filter(var.include_filter))
      exclude_filter    = jsonencode(provider::atlan::anchored_filter(var.exclude_filter))
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
