data "atlan_app_contract" "bigquery" {
  app_id = "bigquery-crawler"
}

# Only the inputs that differ from the contract's defaults: here hidden_datasets
output "inputs" {
  value = provider::atlan::drop_defaults(
    { hidden_datasets = true, extraction_method = "direct" },
    data.atlan_app_contract.bigquery.schema,
  )
}
