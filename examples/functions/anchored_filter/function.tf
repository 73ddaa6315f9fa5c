# {"^my-project$" = ["^analytics$", "^SALES\\$$"]}, the form of include_filter and exclude_filter for bigquery-crawler
output "include_filter" {
  value = provider::atlan::anchored_filter({ "my-project" = ["analytics", "SALES$"] })
}
