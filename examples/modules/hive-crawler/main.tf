locals {
  # An input that is null is not published: the app uses its default.
  inputs = {
    advanced_config_strategy = var.advanced_config_strategy
    allow_partial_success    = var.allow_partial_success
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
      connector_config_name = "atlan-connectors-hive"
      connector_type        = "hive"
      host                  = var.credential.basic.host
      port                  = var.credential.basic.port
      username              = var.credential.basic.username
      password              = var.credential.basic.password
      extra = one([for extra in [{ for name, value in {
        default_schema = var.credential.basic.default_schema
        databaseName   = var.credential.basic.database_name
      } : name => value if value != null }] : extra if length(extra) > 0])
    },
    var.credential.kerberos == null ? null : {
      auth_type             = "kerberos"
      connector_config_name = "atlan-connectors-hive"
      connector_type        = "hive"
      host                  = var.credential.kerberos.host
      port                  = var.credential.kerberos.port
      extra = { for name, value in {
        principal             = var.credential.kerberos.principal
        service-name          = var.credential.kerberos.service_name
        keytab-file           = var.credential.kerberos.keytab_file
        krb5-conf-file        = var.credential.kerberos.krb5_conf_file
        kerberos-type         = var.credential.kerberos.kerberos_type
        ca_cert-file          = var.credential.kerberos.ca_cert_file
        client_cert-file      = var.credential.kerberos.client_cert_file
        client_key-file       = var.credential.kerberos.client_key_file
        client_key_passphrase = var.credential.kerberos.client_key_passphrase
        default_schema        = var.credential.kerberos.default_schema
        databaseName          = var.credential.kerberos.database_name
      } : name => value if value != null }
    },
  ]
}

resource "atlan_app" "this" {
  app_id         = "hive-crawler"
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
