locals {
  # An input that is null is not published: the app uses its default.
  inputs = {
    delivery_type                = var.delivery_type
    email_addresses              = var.email_addresses
    export_scope                 = var.export_scope
    qn_prefix                    = var.qn_prefix
    include_description          = var.include_description
    include_glossaries           = var.include_glossaries
    include_products             = var.include_products
    include_archived             = var.include_archived
    export_empty_custom_metadata = tostring(var.export_empty_custom_metadata)
    all_attributes               = var.all_attributes
  }

  # True if the workflow needs a credential.
  signs_in = (
    var.connection.qualified_name == null &&
    var.agent_json == null &&
    !var.adopt_existing &&
    coalesce(var.delivery_type, "DIRECT") == "CLOUD"
  )

  # At most one of these is set.
  credentials = [
    var.credential.s3 == null ? null : {
      auth_type             = "s3"
      connector_config_name = "csa-connectors-objectstore"
      username              = var.credential.s3.username
      password              = var.credential.s3.password
      extra = one([for extra in [{ for name, value in {
        aws_role_arn = var.credential.s3.aws_role_arn
        region       = var.credential.s3.region
        s3_bucket    = var.credential.s3.s3_bucket
      } : name => value if value != null }] : extra if length(extra) > 0])
    },
    var.credential.gcs == null ? null : {
      auth_type             = "gcs"
      connector_config_name = "csa-connectors-objectstore"
      username              = var.credential.gcs.username
      password              = var.credential.gcs.password
      extra = one([for extra in [{ for name, value in {
        gcs_bucket = var.credential.gcs.gcs_bucket
      } : name => value if value != null }] : extra if length(extra) > 0])
    },
    var.credential.adls == null ? null : {
      auth_type             = "adls"
      connector_config_name = "csa-connectors-objectstore"
      username              = var.credential.adls.username
      password              = var.credential.adls.password
      extra = one([for extra in [{ for name, value in {
        azure_tenant_id      = var.credential.adls.azure_tenant_id
        storage_account_name = var.credential.adls.storage_account_name
        adls_container       = var.credential.adls.adls_container
      } : name => value if value != null }] : extra if length(extra) > 0])
    },
  ]
}

resource "atlan_app" "this" {
  app_id         = "csa-uber-asset-export-basic"
  entrypoint     = "asset-export-basic"
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
