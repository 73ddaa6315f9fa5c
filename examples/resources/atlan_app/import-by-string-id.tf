# `terraform plan -generate-config-out=snowflake.tf` writes the resource block.
import {
  to = atlan_app.snowflake
  id = "snowflake-production-AbC123"
}
