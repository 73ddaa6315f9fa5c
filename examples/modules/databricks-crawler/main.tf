locals {
  # An input that is null is not published: the app uses its default.
  inputs = {
    extract_strategy                 = var.extract_strategy
    enable_cross_workspace_discovery = tostring(var.enable_cross_workspace_discovery)
    temp_table_regex                 = var.temp_table_regex
    enable_tags                      = tostring(var.enable_tags)
    enable_models                    = tostring(var.enable_models)
    enable_model_lineage             = tostring(var.enable_model_lineage)
    enable_complex_types             = tostring(var.enable_complex_types)
    advanced_config_strategy         = var.advanced_config_strategy
    enable_view_lineage              = tostring(var.enable_view_lineage)
    use_source_schema_filtering      = tostring(var.use_source_schema_filtering)
    incremental_extraction           = tostring(var.incremental_extraction)
    sql_warehouse                    = var.sql_warehouse
    workspace_credential_overrides   = var.workspace_credential_overrides
    use_parallelize_table_enrichment = tostring(var.use_parallelize_table_enrichment)
    enable_tag_sync                  = tostring(var.enable_tag_sync)
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
      connector_config_name = "atlan-connectors-databricks"
      connector_type        = "databricks"
      host                  = var.credential.basic.host
      port                  = var.credential.basic.port
      password              = var.credential.basic.password
      extra = {
        __http_path = var.credential.basic.http_path
      }
    },
    var.credential.aws_service == null ? null : {
      auth_type             = "aws_service"
      connector_config_name = "atlan-connectors-databricks"
      connector_type        = "databricks"
      host                  = var.credential.aws_service.host
      port                  = var.credential.aws_service.port
      extra = {
        clientID     = var.credential.aws_service.client_id
        clientSecret = var.credential.aws_service.client_secret
      }
    },
    var.credential.azure_service == null ? null : {
      auth_type             = "azure_service"
      connector_config_name = "atlan-connectors-databricks"
      connector_type        = "databricks"
      host                  = var.credential.azure_service.host
      port                  = var.credential.azure_service.port
      extra = {
        clientID     = var.credential.azure_service.client_id
        clientSecret = var.credential.azure_service.client_secret
        tenantID     = var.credential.azure_service.tenant_id
      }
    },
  ]
}

resource "atlan_app" "this" {
  app_id         = "databricks-crawler"
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
