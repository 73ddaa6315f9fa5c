# `terraform test` publishes to the tenant of ATLAN_BASE_URL and ATLAN_API_KEY, such as a sandbox.
variables {
  name = "atlan-quicksight module test"
  connection = {
    admin_users = ["admin"]
  }
  credential = {
    iam = {
      username  = "a-username"
      password  = "a-password"
      region    = "a-region"
      accountid = "a-accountid"
    }
  }
}

run "publishes_every_input" {
  variables {
    schedule = {
      cron     = "0 6 * * *"
      timezone = "Europe/Berlin"
    }
    fetch_folderless_assets = false
    include_filter          = ["8f14e45f", "c9f0f895"]
    exclude_filter          = ["added 0"]
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
    condition     = length(atlan_app.this.inputs) == 5
    error_message = "Not every input was published."
  }

  assert {
    condition     = output.credential_guid != ""
    error_message = "No credential was stored."
  }
}

run "refuses_a_wrong_include_filter" {
  command         = plan
  expect_failures = [var.include_filter]

  variables {
    include_filter = [null]
  }
}
