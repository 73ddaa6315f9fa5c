# "snowflake"
output "connector" {
  value = provider::atlan::connection_name_parts("default/snowflake/1735689600").connector_name
}
