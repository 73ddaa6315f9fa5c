# `terraform test` publishes to the tenant of ATLAN_BASE_URL and ATLAN_API_KEY, such as a sandbox.
variables {
  name = "Kafka-apache module test"
  connection = {
    admin_users = ["admin"]
  }
  credential = {
    noauth = {
      host                    = "a-host"
      security_protocol       = "a-security-protocol"
      include_schema_registry = "a-include-schema-registry"
    }
  }
}

run "publishes_every_input" {
  variables {
    schedule = {
      cron     = "0 6 * * *"
      timezone = "Europe/Berlin"
    }
    skip_internal_topics = false
    exclude_filter       = "tmp_.*"
    include_filter       = "orders_.*|customers"
    preflight_check      = "_edited"
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

run "refuses_a_wrong_connection" {
  command         = plan
  expect_failures = [var.connection]

  variables {
    connection = {
      qualified_name = "apache-kafka"
    }
  }
}
