locals {
  # True if the workflow needs a credential.
  signs_in = (
    var.connection.qualified_name == null &&
    var.agent_json == null &&
    !var.adopt_existing
  )

  # At most one of these is set.
  credentials = [
    var.credential.iam_user == null ? null : {
      auth_type             = "iam_user"
      connector_config_name = "atlan-connectors-dynamodb"
      connector_type        = "dynamodb"
      username              = var.credential.iam_user.username
      password              = var.credential.iam_user.password
      extra = { for name, value in {
        region       = var.credential.iam_user.region
        endpoint_url = var.credential.iam_user.endpoint_url
      } : name => value if value != null }
    },
    var.credential.assume_role == null ? null : {
      auth_type             = "assume_role"
      connector_config_name = "atlan-connectors-dynamodb"
      connector_type        = "dynamodb"
      extra = { for name, value in {
        aws_role_arn    = var.credential.assume_role.aws_role_arn
        region          = var.credential.assume_role.region
        aws_external_id = var.credential.assume_role.aws_external_id
        session_name    = var.credential.assume_role.session_name
        endpoint_url    = var.credential.assume_role.endpoint_url
      } : name => value if value != null }
    },
  ]
}

resource "atlan_app" "this" {
  app_id         = "atlan-dynamodb"
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
      exclude_filter    = var.exclude_filter
      include_filter    = var.include_filter
    },
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
