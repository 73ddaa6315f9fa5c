data "atlan_app_contract" "bigquery" {
  app_id     = "bigquery-crawler"
  entrypoint = "crawler"
}

# The names of all inputs, and what each that has few values may be
output "inputs" {
  value = {
    for name, property in data.atlan_app_contract.bigquery.properties :
    name => coalesce(property.allowed_values, property.type)
  }
}

# The contract itself, a JSON Schema
output "schema" {
  value = jsondecode(data.atlan_app_contract.bigquery.schema)
}
