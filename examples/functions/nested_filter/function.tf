# {"AwsDataCatalog" = {"orders" = {}, "customers" = {}}}, as include_filter and exclude_filter of AWS Glue take it
output "include_filter" {
  value = provider::atlan::nested_filter({ "AwsDataCatalog" = ["orders", "customers"] })
}
