locals {
  # An input that is null is not published: the app uses its default.
  inputs = {
    temp_table_regex             = var.temp_table_regex
    enable_nested_columns        = var.enable_nested_columns
    enable_bigquery_tag_sync     = var.enable_bigquery_tag_sync
    filter_sharded_tables        = var.filter_sharded_tables
    hidden_datasets              = var.hidden_datasets
    control_config_strategy      = var.control_config_strategy
    control_config               = var.control_config
    preflight_check              = var.preflight_check
    atlas_auth_type              = var.atlas_auth_type
    list_datasets_per_chunk      = var.list_datasets_per_chunk
    mapping_chunk_size           = var.mapping_chunk_size
    extract_output_chuck_size    = var.extract_output_chuck_size
    max_concurrent_activities    = var.max_concurrent_activities
    max_activities_per_execution = var.max_activities_per_execution
  }

  # True if the workflow needs a credential.
  signs_in = (
    var.connection.qualified_name == null &&
    var.agent_json == null &&
    !var.adopt_existing
  )

  # At most one of these is set.
  credentials = [
    var.credential.service_account == null ? null : {
      auth_type             = "basic"
      connector_config_name = "atlan-connectors-bigquery"
      connector_type        = "bigquery"
      host                  = var.credential.service_account.host
      port                  = var.credential.service_account.port
      username              = var.credential.service_account.email
      password              = var.credential.service_account.service_account_json
      extra = {
        project_id   = var.credential.service_account.project_id
        connect_type = var.credential.service_account.connectivity
      }
    },
    var.credential.workload_identity_federation == null ? null : {
      auth_type             = "gcp-wif"
      connector_config_name = "atlan-connectors-bigquery"
      connector_type        = "bigquery"
      host                  = var.credential.workload_identity_federation.host
      port                  = var.credential.workload_identity_federation.port
      extra = {
        project_id            = var.credential.workload_identity_federation.project_id
        connect_type          = var.credential.workload_identity_federation.connectivity
        service_account_email = var.credential.workload_identity_federation.service_account_email
        wif_pool_provider_id  = var.credential.workload_identity_federation.wif_pool_provider_id
        atlan_oauth_id        = var.credential.workload_identity_federation.atlan_oauth_id
        atlan_oauth_secret    = var.credential.workload_identity_federation.atlan_oauth_secret
      }
    },
  ]
}

resource "atlan_app" "this" {
  app_id         = "bigquery-crawler"
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
