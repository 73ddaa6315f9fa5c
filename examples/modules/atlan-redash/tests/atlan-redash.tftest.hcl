# `terraform test` publishes to the tenant of ATLAN_BASE_URL and ATLAN_API_KEY, such as a sandbox.
variables {
  name = "atlan-redash module test"
  connection = {
    admin_users = ["admin"]
  }
  credential = {
    api_key = {
      host     = "a-host"
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
    include_queries_tags = {
      analytics = ["sales", "marketing"]
      staging   = []
    }
    exclude_queries_tags = {
      analytics = ["sales", "marketing"]
      staging   = []
    }
    include_dashboards_tags = {
      analytics = ["sales", "marketing"]
      staging   = []
    }
    exclude_dashboards_tags = {
      analytics = ["sales", "marketing"]
      staging   = []
    }
    advanced_config_strategy    = "custom"
    include_unpublished_queries = false
    queries_without_tags        = false
    dashboards_without_tags     = false
    redash_alternate_host       = "https://redash.example.com"
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
    condition     = length(atlan_app.this.inputs) == 11
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
