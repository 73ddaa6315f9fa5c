# {"^my-project$" = ["^analytics$", "^sales_.*$"]}, as include_filter and exclude_filter of most crawlers take it
output "include_filter" {
  value = provider::atlan::anchored_filter({ "my-project" = ["analytics", "sales_.*"] })
}
