locals {
  # An input that is null is not published: the app uses its default.
  inputs = {
    include_projects            = var.include_projects
    exclude_projects            = var.exclude_projects
    include_aspect_types        = var.include_aspect_types
    exclude_aspect_types        = var.exclude_aspect_types
    ingest_aspects              = var.ingest_aspects
    ingest_dq                   = var.ingest_dq
    ingest_profiling            = var.ingest_profiling
    preflight_check             = var.preflight_check
    enable_aspects_reverse_sync = var.enable_aspects_reverse_sync
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
      connector_config_name = "atlan-connectors-dataplex"
      connector_type        = "dataplex"
      extra = { for name, value in {
        service_account_json = var.credential.basic.service_account_json
        project_id           = var.credential.basic.project_id
        network_connectivity = var.credential.basic.network_connectivity
        psc_host             = var.credential.basic.psc_host
      } : name => value if value != null }
    },
    var.credential.gcp_wif == null ? null : {
      auth_type             = "gcp-wif"
      connector_config_name = "atlan-connectors-dataplex"
      connector_type        = "dataplex"
      extra = { for name, value in {
        service_account_email = var.credential.gcp_wif.service_account_email
        wif_pool_provider_id  = var.credential.gcp_wif.wif_pool_provider_id
        atlan_oauth_id        = var.credential.gcp_wif.atlan_oauth_id
        atlan_oauth_secret    = var.credential.gcp_wif.atlan_oauth_secret
        project_id            = var.credential.gcp_wif.project_id
        network_connectivity  = var.credential.gcp_wif.network_connectivity
        psc_host              = var.credential.gcp_wif.psc_host
      } : name => value if value != null }
    },
  ]
}

resource "atlan_app" "this" {
  app_id         = "atlan-knowledge-catalog"
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
