# `terraform test` publishes to the tenant of ATLAN_BASE_URL and ATLAN_API_KEY, such as a sandbox.
variables {
  name = "postgres-miner module test"
}

run "crawler" {
  module {
    source = "./tests/crawler"
  }
}

run "publishes_every_input" {
  variables {
    connection = {
      qualified_name = run.crawler.qualified_name
    }
    schedule = {
      cron     = "0 6 * * *"
      timezone = "Europe/Berlin"
    }
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
    condition     = length(atlan_app.this.inputs) == 2
    error_message = "Not every input was published."
  }
}

run "refuses_a_wrong_connection" {
  command         = plan
  expect_failures = [var.connection]

  variables {
    connection = {
      qualified_name = "postgres"
    }
  }
}
