output "slug" {
  description = "The slug of the workflow on the tenant."
  value       = atlan_app.this.slug
}

output "published_version" {
  description = "The version that Terraform published last, for the triggers of a run."
  value       = atlan_app.this.published_version
}

output "version" {
  description = "The published version. Each publish creates another one, also one in the web UI."
  value       = atlan_app.this.version
}

output "connection_qualified_name" {
  description = "The qualified name of the connection, for example for a miner."
  value       = atlan_app.this.asset_connection.qualified_name
}

output "credential_guid" {
  description = "The guid of the stored credential that the workflow signs in with."
  value       = atlan_app.this.credential_guid
}

output "trigger_id" {
  description = "The trigger id of the schedule; null without a schedule."
  value       = one(atlan_app_schedule.this[*].trigger_id)
}
