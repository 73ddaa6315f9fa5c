data "atlan_connection" "snowflake" {
  qualified_name = "default/snowflake/1735689600"
}

output "connection_name" {
  value = data.atlan_connection.snowflake.name
}

# The credential that another workflow of this connection uses
output "credential_guid" {
  value = data.atlan_connection.snowflake.default_credential_guid
}
