# {"AwsDataCatalog" = {"orders" = {}, "customers" = {}}}, the form of include_filter and exclude_filter for AWS Glue
output "include_filter" {
  value = provider::atlan::nested_filter({ "AwsDataCatalog" = ["orders", "customers"] })
}
