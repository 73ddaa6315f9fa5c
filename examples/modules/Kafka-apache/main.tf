locals {
  # An input that is null is not published: the app uses its default.
  inputs = {
    skip_internal_topics = var.skip_internal_topics
    preflight_check      = var.preflight_check
  }

  # True if the workflow needs a credential.
  signs_in = (
    var.connection.qualified_name == null &&
    var.agent_json == null &&
    !var.adopt_existing
  )

  # At most one of these is set.
  credentials = [
    var.credential.noauth == null ? null : {
      auth_type             = "noauth"
      connector_config_name = "atlan-connectors-apache-kafka"
      connector_type        = "apache-kafka"
      host                  = var.credential.noauth.host
      extra = { for name, value in {
        securityProtocol       = var.credential.noauth.security_protocol
        includeSchemaRegistry  = var.credential.noauth.include_schema_registry
        schemaRegistryHost     = var.credential.noauth.schema_registry_host
        schemaRegistryUsername = var.credential.noauth.schema_registry_username
        schemaRegistryPassword = var.credential.noauth.schema_registry_password
      } : name => value if value != null }
    },
    var.credential.basic == null ? null : {
      auth_type             = "basic"
      connector_config_name = "atlan-connectors-apache-kafka"
      connector_type        = "apache-kafka"
      host                  = var.credential.basic.host
      username              = var.credential.basic.username
      password              = var.credential.basic.password
      extra = { for name, value in {
        securityProtocol       = var.credential.basic.security_protocol
        includeSchemaRegistry  = var.credential.basic.include_schema_registry
        schemaRegistryHost     = var.credential.basic.schema_registry_host
        schemaRegistryUsername = var.credential.basic.schema_registry_username
        schemaRegistryPassword = var.credential.basic.schema_registry_password
      } : name => value if value != null }
    },
    var.credential.scram == null ? null : {
      auth_type             = "scram"
      connector_config_name = "atlan-connectors-apache-kafka"
      connector_type        = "apache-kafka"
      host                  = var.credential.scram.host
      username              = var.credential.scram.username
      password              = var.credential.scram.password
      extra = { for name, value in {
        securityProtocol       = var.credential.scram.security_protocol
        saslMechanism          = var.credential.scram.sasl_mechanism
        includeSchemaRegistry  = var.credential.scram.include_schema_registry
        schemaRegistryHost     = var.credential.scram.schema_registry_host
        schemaRegistryUsername = var.credential.scram.schema_registry_username
        schemaRegistryPassword = var.credential.scram.schema_registry_password
      } : name => value if value != null }
    },
    var.credential.mtls == null ? null : {
      auth_type             = "mtls"
      connector_config_name = "atlan-connectors-apache-kafka"
      connector_type        = "apache-kafka"
      host                  = var.credential.mtls.host
      extra = { for name, value in {
        mtls_cert              = var.credential.mtls.mtls_cert
        includeSchemaRegistry  = var.credential.mtls.include_schema_registry
        key_password           = var.credential.mtls.key_password
        schemaRegistryHost     = var.credential.mtls.schema_registry_host
        schemaRegistryUsername = var.credential.mtls.schema_registry_username
        schemaRegistryPassword = var.credential.mtls.schema_registry_password
      } : name => value if value != null }
    },
  ]
}

resource "atlan_app" "this" {
  app_id         = "Kafka-apache"
  entrypoint     = "apache"
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
