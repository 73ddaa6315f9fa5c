locals {
  # An input that is null is not published: the app uses its default.
  inputs = {
    agent_name       = var.agent_name
    temp_table_regex = var.temp_table_regex
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
      connector_config_name = "atlan-connectors-mssql"
      connector_type        = "mssql"
      host                  = var.credential.basic.host
      port                  = var.credential.basic.port
      username              = var.credential.basic.username
      password              = var.credential.basic.password
      extra = { for name, value in {
        database     = var.credential.basic.database
        __enable_ssl = var.credential.basic.enable_ssl
      } : name => value if value != null }
    },
    var.credential.azure_ad_sp == null ? null : {
      auth_type             = "azure-ad-sp"
      connector_config_name = "atlan-connectors-mssql"
      connector_type        = "mssql"
      host                  = var.credential.azure_ad_sp.host
      port                  = var.credential.azure_ad_sp.port
      extra = { for name, value in {
        aad_principal_id     = var.credential.azure_ad_sp.aad_principal_id
        aad_principal_secret = var.credential.azure_ad_sp.aad_principal_secret
        tenant_id            = var.credential.azure_ad_sp.tenant_id
        database             = var.credential.azure_ad_sp.database
        __enable_ssl         = var.credential.azure_ad_sp.enable_ssl
      } : name => value if value != null }
    },
    var.credential.ntlm == null ? null : {
      auth_type             = "ntlm"
      connector_config_name = "atlan-connectors-mssql"
      connector_type        = "mssql"
      host                  = var.credential.ntlm.host
      port                  = var.credential.ntlm.port
      username              = var.credential.ntlm.username
      password              = var.credential.ntlm.password
      extra = { for name, value in {
        domain       = var.credential.ntlm.domain
        database     = var.credential.ntlm.database
        __enable_ssl = var.credential.ntlm.enable_ssl
      } : name => value if value != null }
    },
  ]
}

resource "atlan_app" "this" {
  app_id         = "atlan-mssql"
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
