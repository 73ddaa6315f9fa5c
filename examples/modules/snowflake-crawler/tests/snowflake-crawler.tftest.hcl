# `terraform test` publishes to the tenant of ATLAN_BASE_URL and ATLAN_API_KEY, such as a sandbox.
variables {
  name = "snowflake-crawler module test"
  connection = {
    admin_users = ["admin"]
  }
  credential = {
    keypair = {
      username = "a-username"
      password = "-----BEGIN PRIVATE KEY-----\nbWFkZSB1cA==\n-----END PRIVATE KEY-----\n"
    }
  }
}

run "publishes_every_input" {
  variables {
    schedule = {
      cron     = "0 6 * * *"
      timezone = "Europe/Berlin"
    }
    extract_strategy            = "account-usage"
    account_usage_database_name = "SNOWFLAKE_copy"
    account_usage_schema_name   = "ACCOUNT_USAGE_copy"
    temp_table_regex            = ".*_tmp\\d+$"
    exclude_empty_tables        = true
    exclude_views               = true
    enable_lineage              = false
    include_filter = jsonencode({
      analytics = ["sales", "marketing"]
      staging   = []
    })
    exclude_filter = jsonencode({
      scratch = ["tmp"]
    })
    asset_selection = jsonencode({
      analytics = ["sales", "marketing"]
      staging   = []
    })
    preflight_check         = "_edited"
    enable_snowflake_tags   = true
    enable_stages           = true
    incremental_extraction  = false
    control_config_strategy = "custom"
    control_config = jsonencode({
      batch = {
        size  = 500
        ratio = 0.25
      }
      tags  = ["nightly", "größer als 0"]
      retry = null
    })
    enable_semantic_views = true
  }

  assert {
    condition     = atlan_app.this.version > 0
    error_message = "Nothing was published."
  }

  assert {
    condition     = output.trigger_id != null
    error_message = "There is no schedule."
  }

  assert {
    condition     = length(atlan_app.this.inputs) == 19
    error_message = "Not every input was published."
  }

  assert {
    condition     = output.credential_guid != ""
    error_message = "No credential was stored."
  }
}

run "refuses_a_wrong_extract_strategy" {
  command         = plan
  expect_failures = [var.extract_strategy]

  variables {
    extract_strategy = "no-such-value"
  }
}
