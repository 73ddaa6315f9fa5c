locals {
  # An input that is null is not published: the app uses its default.
  inputs = {
    cloud_provider   = var.cloud_provider
    temp_table_regex = var.temp_table_regex
    redact_sql_text  = tostring(var.redact_sql_text)
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
      connector_config_name = "atlan-connectors-alloydb-postgres"
      host                  = var.credential.basic.host
      port                  = var.credential.basic.port
      username              = var.credential.basic.username
      password              = var.credential.basic.password
      extra = one([for extra in [{ for name, value in {
        database       = var.credential.basic.database
        sqlalchemy_url = var.credential.basic.sqlalchemy_url
      } : name => value if value != null }] : extra if length(extra) > 0])
    },
    var.credential.iam_user == null ? null : {
      auth_type             = "iam_user"
      connector_config_name = "atlan-connectors-alloydb-postgres"
      host                  = var.credential.iam_user.host
      port                  = var.credential.iam_user.port
      username              = var.credential.iam_user.username
      password              = var.credential.iam_user.password
      extra = { for name, value in {
        __name         = var.credential.iam_user.name
        database       = var.credential.iam_user.database
        sqlalchemy_url = var.credential.iam_user.sqlalchemy_url
      } : name => value if value != null }
    },
    var.credential.iam_service_account == null ? null : {
      auth_type             = "iam_service_account"
      connector_config_name = "atlan-connectors-alloydb-postgres"
      host                  = var.credential.iam_service_account.host
      port                  = var.credential.iam_service_account.port
      username              = var.credential.iam_service_account.username
      password              = var.credential.iam_service_account.password
      extra = { for name, value in {
        __name                = var.credential.iam_service_account.name
        __gcp_service_account = var.credential.iam_service_account.gcp_service_account
        database              = var.credential.iam_service_account.database
        sqlalchemy_url        = var.credential.iam_service_account.sqlalchemy_url
      } : name => value if value != null }
    },
  ]
}

resource "atlan_app" "this" {
  app_id         = "atlan-alloydb-postgres"
  entrypoint     = "alloydb-postgres"
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
      exclude_filter    = jsonencode(provider::atlan::anchored_filter(var.exclude_filter))
      include_filter    = jsonencode(provider::atlan::anchored_filter(var.include_filter))
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
