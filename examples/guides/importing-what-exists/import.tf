import {
  to = atlan_app.snowflake
  id = "name:snowflake-production"
}
