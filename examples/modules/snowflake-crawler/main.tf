locals {
  # An input that is null is not published: the app uses its default.
  inputs = {
    extract_strategy            = var.extract_strategy
    account_usage_database_name = var.account_usage_database_name
    account_usage_schema_name   = var.account_usage_schema_name
    temp_table_regex            = var.temp_table_regex
    exclude_empty_tables        = var.exclude_empty_tables
    exclude_views               = var.exclude_views
    enable_lineage              = var.enable_lineage
    asset_selection             = var.asset_selection
    preflight_check             = var.preflight_check
    enable_snowflake_tags       = var.enable_snowflake_tags
    enable_stages               = var.enable_stages
    incremental_extraction      = var.incremental_extraction
    control_config_strategy     = var.control_config_strategy
    control_config              = var.control_config
    enable_semantic_views       = var.enable_semantic_views
  }

  # True if the workflow needs a credential.
  signs_in = (
    var.connection.qualified_name == null &&
    var.agent_json == null &&
    !var.adopt_existing
  )

  # At most one of these is set.
  credentials = [
    var.credential.keypair == null ? null : {
      auth_type             = "keypair"
      connector_config_name = "atlan-connectors-snowflake"
      connector_type        = "snowflake"
      host                  = var.credential.keypair.host
      port                  = var.credential.keypair.port
      username              = var.credential.keypair.username
      password              = var.credential.keypair.password
      extra = one([for extra in [{ for name, value in {
        private_key_password = var.credential.keypair.private_key_password
        role                 = var.credential.keypair.role
        warehouse            = var.credential.keypair.warehouse
      } : name => value if value != null }] : extra if length(extra) > 0])
    },
    var.credential.okta == null ? null : {
      auth_type             = "okta"
      connector_config_name = "atlan-connectors-snowflake"
      connector_type        = "snowflake"
      host                  = var.credential.okta.host
      port                  = var.credential.okta.port
      username              = var.credential.okta.username
      password              = var.credential.okta.password
      extra = { for name, value in {
        authenticator = var.credential.okta.authenticator
        role          = var.credential.okta.role
        warehouse     = var.credential.okta.warehouse
      } : name => value if value != null }
    },
    var.credential.entra_id == null ? null : {
      auth_type             = "entra_id"
      connector_config_name = "atlan-connectors-snowflake"
      connector_type        = "snowflake"
      host                  = var.credential.entra_id.host
      port                  = var.credential.entra_id.port
      username              = var.credential.entra_id.username
      password              = var.credential.entra_id.password
      extra = { for name, value in {
        tenantId   = var.credential.entra_id.tenant_id
        oauthScope = var.credential.entra_id.oauth_scope
        role       = var.credential.entra_id.role
        warehouse  = var.credential.entra_id.warehouse
      } : name => value if value != null }
    },
    var.credential.basic == null ? null : {
      auth_type             = "basic"
      connector_config_name = "atlan-connectors-snowflake"
      connector_type        = "snowflake"
      host                  = var.credential.basic.host
      port                  = var.credential.basic.port
      username              = var.credential.basic.username
      password              = var.credential.basic.password
      extra = one([for extra in [{ for name, value in {
        role      = var.credential.basic.role
        warehouse = var.credential.basic.warehouse
      } : name => value if value != null }] : extra if length(extra) > 0])
    },
  ]
}

resource "atlan_app" "this" {
  app_id         = "snowflake-crawler"
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
      include_filter    = var.include_filter
      exclude_filter    = var.exclude_filter
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
