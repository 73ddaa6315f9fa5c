# `terraform test` publishes to the tenant of ATLAN_BASE_URL and ATLAN_API_KEY, such as a sandbox.
variables {
  name = "atlan-standard-lineage module test"
  connection = {
    admin_users = ["admin"]
  }
  cross_connection_qualified_names = ["default/bigquery/1700000003", "default/bigquery/1700000004"]
}

run "publishes_every_input" {
  variables {
    schedule = {
      cron     = "0 6 * * *"
      timezone = "Europe/Berlin"
    }
    connector = "bigquery"
    run_role  = "standard-lineage_edited"
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
}

run "refuses_a_wrong_connector" {
  command         = plan
  expect_failures = [var.connector]

  variables {
    connector = "no-such-value"
  }
}
