# `terraform test` publishes to the tenant of ATLAN_BASE_URL and ATLAN_API_KEY, such as a sandbox.
variables {
  name = "oracle-crawler module test"
  connection = {
    admin_users = ["admin"]
  }
  credential = {
    basic = {
      host          = "a-host"
      username      = "a-username"
      password      = "a-password"
      sid           = "a-sid"
      database_name = "a-database-name"
    }
  }
}

run "publishes_every_input" {
  variables {
    schedule = {
      cron     = "0 6 * * *"
      timezone = "Europe/Berlin"
    }
    include_filter = {
      analytics = ["sales", "marketing"]
      staging   = []
    }
    exclude_filter = {
      scratch = ["tmp"]
    }
    temp_table_regex         = ".*_tmp\\d+$"
    advanced_config_strategy = "custom"
    workflow_type            = "crawler_edited"
    incremental_extraction   = true
    system_schema_name       = "SYS_edited"
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
    condition     = length(atlan_app.this.inputs) == 9
    error_message = "Not every input was published."
  }

  assert {
    condition     = output.credential_guid != ""
    error_message = "No credential was stored."
  }
}

run "refuses_a_wrong_advanced_config_strategy" {
  command         = plan
  expect_failures = [var.advanced_config_strategy]

  variables {
    advanced_config_strategy = "no-such-value"
  }
}
