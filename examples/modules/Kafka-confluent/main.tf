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
    var.credential.basic == null ? null : {
      auth_type             = "basic"
      connector_config_name = "atlan-connectors-kafka-confluent-cloud"
      connector_type        = "confluent-kafka"
      host                  = var.credential.basic.host
      port                  = var.credential.basic.port
      username              = var.credential.basic.username
      password              = var.credential.basic.password
      extra = { for name, value in {
        securityProtocol       = var.credential.basic.security_protocol
        includeSchemaRegistry  = var.credential.basic.include_schema_registry
        enableCloudApi         = tostring(var.credential.basic.enable_cloud_api)
        includeCloudMetrics    = var.credential.basic.include_cloud_metrics
        cloudApiKey            = var.credential.basic.cloud_api_key
        cloudApiSecret         = var.credential.basic.cloud_api_secret
        clusterId              = var.credential.basic.cluster_id
        schemaRegistryHost     = var.credential.basic.schema_registry_host
        schemaRegistryUsername = var.credential.basic.schema_registry_username
        schemaRegistryPassword = var.credential.basic.schema_registry_password
      } : name => value if value != null }
    },
  ]
}

resource "atlan_app" "this" {
  app_id         = "Kafka-confluent"
  entrypoint     = "confluent"
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
      extraction_method       = var.agent_json == null ? "direct" : "agent"
      agent_json              = var.agent_json
      exclude_filter          = var.exclude_filter
      include_filter          = var.include_filter
      include_cloud_metrics   = tostring(var.include_cloud_metrics)
      include_connect_lineage = tostring(var.include_connect_lineage)
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
