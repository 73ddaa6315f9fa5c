# `terraform test` publishes to the tenant of ATLAN_BASE_URL and ATLAN_API_KEY, such as a sandbox.
variables {
  name = "mongodbatlas-atlas module test"
  connection = {
    admin_users = ["admin"]
  }
  credential = {
    basic = {
      host             = "a-host"
      username         = "a-username"
      password         = "a-password"
      native_host      = "a-native-host"
      default_database = "a-default-database"
      authsource       = "a-authsource"
      ssl              = "a-ssl"
    }
  }
}

run "publishes_every_input" {
  variables {
    schedule = {
      cron     = "0 6 * * *"
      timezone = "Europe/Berlin"
    }
    include_filter = "orders_.*,customers"
    exclude_filter = "tmp_.*"
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
      qualified_name = "mongodb"
    }
  }
}
