# `terraform test` publishes to the tenant of ATLAN_BASE_URL and ATLAN_API_KEY, such as a sandbox.
variables {
  name = "atlan-trino module test"
  connection = {
    admin_users = ["admin"]
  }
  credential = {
    basic = {
      host                     = "a-host"
      username                 = "a-username"
      password                 = "a-password"
      enable_tls_https         = "a-enable-tls-https"
      disable_ssl_verification = "a-disable-ssl-verification"
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
      scratch = ["tmp"]
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
    condition     = length(atlan_app.this.inputs) == 4
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
    include_filter = {
      analytics = null
    }
  }
}
