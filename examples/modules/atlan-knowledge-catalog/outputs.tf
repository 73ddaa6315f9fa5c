output "slug" {
  description = "The workflow's identity on the tenant."
  value       = atlan_app.this.slug
}

output "version" {
  description = "The published version; every change of the inputs makes a new one."
  value       = atlan_app.this.version
}

output "connection_qualified_name" {
  description = "The identity of the connection, such as for a miner of it."
  value       = atlan_app.this.connection.qualified_name
}

output "credential_guid" {
  description = "The vaulted credential that the workflow signs in with."
  value       = atlan_app.this.credential_guid
}

output "trigger_id" {
  description = "The schedule's identity, null without one."
  value       = one(atlan_app_schedule.this[*].trigger_id)
}
