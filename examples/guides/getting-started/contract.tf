data "atlan_app_contract" "snowflake" {
  app_id     = "snowflake-crawler"
  entrypoint = "crawler"
}

# All inputs of the app, with their types and defaults
output "inputs" {
  value = {
    for name, input in data.atlan_app_contract.snowflake.properties :
    name => { type = input.type, default = input.default, allowed_values = input.allowed_values }
  }
}
