# `terraform test` publishes to the tenant of ATLAN_BASE_URL and ATLAN_API_KEY, such as a sandbox.
variables {
  name = "atlan-alloydb-postgres module test"
  connection = {
    admin_users = ["admin"]
  }
  credential = {
    basic = {
      host     = "a-host"
      username = "a-username"
      password = "a-password"
    }
  }
}

run "publishes_every_input" {
  variables {
    schedule = {
      cron     = "0 6 * * *"
      timezone = "Europe/Berlin"
    }
    cloud_provider = "_edited"
    exclude_filter = {
      scratch = ["tmp"]
    }
    include_filter = {
      analytics = ["sales", "marketing"]
      staging   = []
    }
    temp_table_regex = ".*_tmp\\d+$"
    redact_sql_text  = true
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
    condition     = length(atlan_app.this.inputs) == 7
    error_message = "Not every input was published."
  }

  assert {
    condition     = output.credential_guid != ""
    error_message = "No credential was stored."
  }
}

run "refuses_a_wrong_exclude_filter" {
  command         = plan
  expect_failures = [var.exclude_filter]

  variables {
    exclude_filter = {
      analytics = null
    }
  }
}
