# `terraform test` publishes to the tenant of ATLAN_BASE_URL and ATLAN_API_KEY, such as a sandbox.
variables {
  name = "atlan-dynamodb module test"
  connection = {
    admin_users = ["admin"]
  }
  credential = {
    iam_user = {
      username = "a-username"
      password = "a-password"
      region   = "a-region"
    }
  }
}

run "publishes_every_input" {
  variables {
    schedule = {
      cron     = "0 6 * * *"
      timezone = "Europe/Berlin"
    }
    exclude_filter = "tmp_.*"
    include_filter = "orders_.*|customers"
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
    condition     = length(atlan_app.this.inputs) == 4
    error_message = "Not every input was published."
  }

  assert {
    condition     = output.credential_guid != ""
    error_message = "No credential was stored."
  }
}

run "refuses_a_wrong_connection" {
  command         = plan
  expect_failures = [var.connection]

  variables {
    connection = {
      qualified_name = "dynamodb"
    }
  }
}
