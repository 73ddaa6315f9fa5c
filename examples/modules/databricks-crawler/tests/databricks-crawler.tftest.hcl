# `terraform test` publishes to the tenant of ATLAN_BASE_URL and ATLAN_API_KEY, such as a sandbox.
variables {
  name = "databricks-crawler module test"
  connection = {
    admin_users = ["admin"]
  }
  credential = {
    basic = {
      host      = "a-host"
      password  = "a-password"
      http_path = "a-http-path"
    }
  }
}

run "publishes_every_input" {
  variables {
    schedule = {
      cron     = "0 6 * * *"
      timezone = "Europe/Berlin"
    }
    extract_strategy                 = "rest-api"
    enable_cross_workspace_discovery = true
    temp_table_regex                 = ".*_tmp\\d+$"
    enable_tags                      = true
    enable_models                    = true
    enable_model_lineage             = true
    enable_complex_types             = false
    advanced_config_strategy         = "custom"
    enable_view_lineage              = false
    use_source_schema_filtering      = true
    incremental_extraction           = true
    sql_warehouse = jsonencode({
      analytics = ["sales", "marketing"]
      staging   = []
    })
    workspace_credential_overrides = jsonencode({
      "added 0" = ["here"]
    })
    include_filter = {
      "added 0" = ["here"]
    }
    exclude_filter = {
      "added 0" = ["here"]
    }
    use_parallelize_table_enrichment = false
    enable_tag_sync                  = true
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
