locals {
  # An input that is null is not published: the app uses its default.
  inputs = {
    extraction_type                = var.extraction_type
    manifest_source                = var.manifest_source
    core_extract_output_prefix     = var.core_extract_output_prefix
    include_filter_core            = var.include_filter_core
    exclude_filter_core            = var.exclude_filter_core
    enable_dbt_tagsync             = var.enable_dbt_tagsync
    advanced_options_config        = var.advanced_options_config
    enrich_materialised_sql_assets = var.enrich_materialised_sql_assets
  }

  # True if the workflow needs a credential.
  signs_in = (
    var.connection.qualified_name == null &&
    var.agent_json == null &&
    !var.adopt_existing &&
    var.api_credential_guid == null &&
    var.object_store_credential_guid == null &&
    coalesce(var.extraction_type, "api") == "api"
  )
}

resource "atlan_credential" "api" {
  count                 = var.credential.api == null ? 0 : 1
  auth_type             = "api"
  connector_config_name = "atlan-connectors-dbt"
  host                  = var.credential.api.host
  port                  = var.credential.api.port
  extra                 = {}
  password_wo           = try(var.credential_secrets.api.password, null)
  secret_wo_version     = coalesce(var.credential_version, 1)
}

resource "atlan_credential" "aws" {
  count                 = var.credential.aws == null ? 0 : 1
  auth_type             = "aws"
  connector_config_name = "atlan-connectors-dbt-objectstore"
  extra = { for name, value in {
    bucket                   = var.credential.aws.bucket
    prefix                   = var.credential.aws.prefix
    region                   = var.credential.aws.region
    object_store_access_type = var.credential.aws.object_store_access_type
    aws_role_arn             = var.credential.aws.aws_role_arn
  } : name => value if value != null }
}

resource "atlan_credential" "gcp" {
  count                 = var.credential.gcp == null ? 0 : 1
  auth_type             = "gcp"
  connector_config_name = "atlan-connectors-dbt-objectstore"
  extra = { for name, value in {
    project_id               = var.credential.gcp.project_id
    bucket                   = var.credential.gcp.bucket
    prefix                   = var.credential.gcp.prefix
    object_store_access_type = var.credential.gcp.object_store_access_type
  } : name => value if value != null }
  extra_wo = {
    service_account_json = try(var.credential_secrets.gcp.service_account_json, null)
  }
  secret_wo_version = coalesce(var.credential_version, 1)
}

resource "atlan_credential" "azure" {
  count                 = var.credential.azure == null ? 0 : 1
  auth_type             = "azure"
  connector_config_name = "atlan-connectors-dbt-objectstore"
  extra = { for name, value in {
    tenant_id                = var.credential.azure.tenant_id
    client_id                = var.credential.azure.client_id
    account_name             = var.credential.azure.account_name
    bucket                   = var.credential.azure.bucket
    prefix                   = var.credential.azure.prefix
    object_store_access_type = var.credential.azure.object_store_access_type
  } : name => value if value != null }
  extra_wo = {
    client_secret = try(var.credential_secrets.azure.client_secret, null)
  }
  secret_wo_version = coalesce(var.credential_version, 1)
}

resource "atlan_app" "this" {
  app_id         = "atlan-dbt"
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
      include_filter    = try(jsonencode(jsondecode(var.include_filter)), jsonencode(var.include_filter))
      exclude_filter    = try(jsonencode(jsondecode(var.exclude_filter)), jsonencode(var.exclude_filter))
    },
    { for name, value in local.inputs : name => value if value != null },
    var.api_credential_guid == null ? {} : { api_credential_guid = var.api_credential_guid },
    var.object_store_credential_guid == null ? {} : { object_store_credential_guid = var.object_store_credential_guid },
    var.credential.api == null ? {} : { api_credential_guid = atlan_credential.api[0].guid },
    var.credential.aws == null ? {} : { object_store_credential_guid = atlan_credential.aws[0].guid },
    var.credential.gcp == null ? {} : { object_store_credential_guid = atlan_credential.gcp[0].guid },
    var.credential.azure == null ? {} : { object_store_credential_guid = atlan_credential.azure[0].guid },
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
