# `terraform test` publishes to the tenant of ATLAN_BASE_URL and ATLAN_API_KEY, such as a sandbox.
variables {
  name = "postgres-crawler module test"
  connection = {
    admin_users = ["admin"]
  }
  credential = {
    basic = {
      host     = "a-host"
      username = "a-username"
      password = "a-password"
      database = "a-database"
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
      "added 0" = ["here"]
    }
    temp_table_regex            = ".*_tmp\\d+$"
    advanced_config             = "custom"
    use_source_schema_filtering = true
    control_config_strategy     = "custom"
    control_config = jsonencode({
      batch = {
        size  = 500
        ratio = 0.25
      }
      tags  = ["nightly", "größer als 0"]
      retry = null
    })
    use_jdbc_internal_methods = false
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
    condition     = length(atlan_app.this.inputs) == 10
    error_message = "Not every input was published."
  }

  assert {
    condition     = output.credential_guid != ""
    error_message = "No credential was stored."
  }
}

run "refuses_a_wrong_advanced_config" {
  command         = plan
  expect_failures = [var.advanced_config]

  variables {
    advanced_config = "no-such-value"
  }
}
