data "atlan_connection" "snowflake" {
  qualified_name = "default/snowflake/1735689600"
}

output "connection_name" {
  value = data.atlan_connection.snowflake.name
}

# What another workflow of this connection signs in with
output "credential_guid" {
  value = data.atlan_connection.snowflake.default_credential_guid
}
