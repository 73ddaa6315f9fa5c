locals {
  # An input that is null is not published: the app uses its default.
  inputs = {
    dashboard_report_include_regex   = var.dashboard_report_include_regex
    dashboard_report_exclude_regex   = var.dashboard_report_exclude_regex
    fetch_report_definition_extracts = var.fetch_report_definition_extracts
    endorsement_attach_mode          = var.endorsement_attach_mode
    incremental_extraction           = var.incremental_extraction
    sql_connection_info_note         = var.sql_connection_info_note
    enable_odbc_connectivity_mapping = tostring(var.enable_odbc_connectivity_mapping)
    odbc_dsn_config_mapping          = var.odbc_dsn_config_mapping
  }

  # True if the workflow needs a credential.
  signs_in = (
    var.connection.qualified_name == null &&
    var.agent_json == null &&
    !var.adopt_existing
  )

  # At most one of these is set.
  credentials = [
    var.credential.service_principal == null ? null : {
      auth_type             = "service_principal"
      connector_config_name = "atlan-connectors-powerbi"
      connector_type        = "powerbi"
      host                  = var.credential.service_principal.host
      port                  = var.credential.service_principal.port
      extra = { for name, value in {
        tenantId        = var.credential.service_principal.tenant_id
        clientId        = var.credential.service_principal.client_id
        clientSecret    = var.credential.service_principal.client_secret
        adminAPI        = var.credential.service_principal.admin_api
        adminAPISummary = var.credential.service_principal.admin_api_summary
      } : name => value if value != null }
    },
    var.credential.basic == null ? null : {
      auth_type             = "basic"
      connector_config_name = "atlan-connectors-powerbi"
      connector_type        = "powerbi"
      host                  = var.credential.basic.host
      port                  = var.credential.basic.port
      username              = var.credential.basic.username
      password              = var.credential.basic.password
      extra = {
        tenantId     = var.credential.basic.tenant_id
        clientId     = var.credential.basic.client_id
        clientSecret = var.credential.basic.client_secret
      }
    },
  ]
}

resource "atlan_app" "this" {
  app_id         = "powerbi-crawler"
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
      include_filter    = jsonencode(provider::atlan::nested_filter({ for id in distinct(var.include_filter) : id => [] }))
      exclude_filter    = jsonencode(provider::atlan::nested_filter({ for id in distinct(var.exclude_filter) : id => [] }))
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
