data "atlan_app_contract" "bigquery" {
  app_id     = "bigquery-crawler"
  entrypoint = "crawler"
}

# The names of all inputs, each with its allowed values or its type
output "inputs" {
  value = {
    for name, property in data.atlan_app_contract.bigquery.properties :
    name => coalesce(property.allowed_values, property.type)
  }
}

# The whole contract as a JSON Schema
output "schema" {
  value = jsondecode(data.atlan_app_contract.bigquery.schema)
}
