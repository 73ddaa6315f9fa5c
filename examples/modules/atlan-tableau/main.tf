locals {
  # An input that is null is not published: the app uses its default.
  inputs = {
    exclude_projects_regex                  = var.exclude_projects_regex
    tableau_alternate_host                  = var.tableau_alternate_host
    crawl_unpublished_worksheets_dashboards = var.crawl_unpublished_worksheets_dashboards
    crawl_hidden_datasource_fields          = var.crawl_hidden_datasource_fields
    crawl_embedded_dashboards               = var.crawl_embedded_dashboards
    incremental_enabled                     = var.incremental_enabled
    force_full_extraction                   = var.force_full_extraction
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
      connector_config_name = "atlan-connectors-tableau"
      connector_type        = "tableau"
      host                  = var.credential.basic.host
      port                  = var.credential.basic.port
      username              = var.credential.basic.username
      password              = var.credential.basic.password
      extra = { for name, value in {
        protocol                 = var.credential.basic.protocol
        defaultSite              = var.credential.basic.default_site
        selfSignedSSLCertificate = var.credential.basic.self_signed_ssl_certificate
      } : name => value if value != null }
    },
    var.credential.personal_access_token == null ? null : {
      auth_type             = "personal_access_token"
      connector_config_name = "atlan-connectors-tableau"
      connector_type        = "tableau"
      host                  = var.credential.personal_access_token.host
      port                  = var.credential.personal_access_token.port
      username              = var.credential.personal_access_token.username
      password              = var.credential.personal_access_token.password
      extra = { for name, value in {
        protocol                 = var.credential.personal_access_token.protocol
        defaultSite              = var.credential.personal_access_token.default_site
        selfSignedSSLCertificate = var.credential.personal_access_token.self_signed_ssl_certificate
      } : name => value if value != null }
    },
    var.credential.jwt == null ? null : {
      auth_type             = "jwt"
      connector_config_name = "atlan-connectors-tableau"
      connector_type        = "tableau"
      host                  = var.credential.jwt.host
      port                  = var.credential.jwt.port
      username              = var.credential.jwt.username
      extra = { for name, value in {
        client_id                = var.credential.jwt.client_id
        private_id               = var.credential.jwt.private_id
        private_key              = var.credential.jwt.private_key
        protocol                 = var.credential.jwt.protocol
        defaultSite              = var.credential.jwt.default_site
        selfSignedSSLCertificate = var.credential.jwt.self_signed_ssl_certificate
      } : name => value if value != null }
    },
  ]
}

resource "atlan_app" "this" {
  app_id         = "atlan-tableau"
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
