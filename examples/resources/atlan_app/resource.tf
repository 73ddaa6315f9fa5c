resource "atlan_app" "snowflake" {
  app_id     = "snowflake-crawler"
  entrypoint = "crawler"
  name       = "snowflake-production"

  inputs = {
    connection = {
      typeName = "Connection"
      attributes = {
        qualifiedName = "default/snowflake/1735689600"
        connectorName = "snowflake"
        name          = "snowflake-production"
        adminUsers    = ["admin"]
      }
    }
    connection_qualified_name = "default/snowflake/1735689600"
    extraction_method         = "direct"
    credential_guid           = ""
    extract_strategy          = "account-usage"
    include_filter            = jsonencode({ "^ANALYTICS$" = ["^SALES$"] })
    enable_lineage            = true
  }

  timeouts = {
    create = "5m"
    update = "5m"
  }
}
