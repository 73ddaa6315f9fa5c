# `terraform test` publishes to the tenant of ATLAN_BASE_URL and ATLAN_API_KEY, such as a sandbox.
variables {
  name = "anaplan-anaplan module test"
  connection = {
    admin_users = ["admin"]
  }
  credential = {
    basic = {
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
    include_metadata = {
      analytics = ["sales", "marketing"]
      staging   = []
    }
    exclude_metadata = {
      "added 0" = ["here"]
    }
    exclude_empty_modules   = true
    ingest_system_dimension = "no"
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
    condition     = length(atlan_app.this.inputs) == 6
    error_message = "Not every input was published."
  }

  assert {
    condition     = output.credential_guid != ""
    error_message = "No credential was stored."
  }
}

run "refuses_a_wrong_ingest_system_dimension" {
  command         = plan
  expect_failures = [var.ingest_system_dimension]

  variables {
    ingest_system_dimension = "no-such-value"
  }
}
