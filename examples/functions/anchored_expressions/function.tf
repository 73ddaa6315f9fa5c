# {"^(prod|staging)$" = ["^sales_.*$"]}, the form of include_filter and exclude_filter for bigquery-crawler
output "include_filter" {
  value = provider::atlan::anchored_expressions({ "prod|staging" = ["sales_.*"] })
}
