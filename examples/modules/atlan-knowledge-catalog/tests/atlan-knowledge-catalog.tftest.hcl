# `terraform test` publishes to the tenant of ATLAN_BASE_URL and ATLAN_API_KEY, such as a sandbox.
variables {
  name = "atlan-knowledge-catalog module test"
  connection = {
    admin_users = ["admin"]
  }
  credential = {
    basic = {
      service_account_json = "{\"type\": \"service_account\", \"client_email\": \"a@example.com\", \"private_key\": \"-----BEGIN PRIVATE KEY-----\\nbWFkZSB1cA==\\n-----END PRIVATE KEY-----\\n\"}"
      project_id           = "a-project-id"
    }
  }
}

run "publishes_every_input" {
  variables {
    schedule = {
      cron     = "0 6 * * *"
      timezone = "Europe/Berlin"
    }
    include_projects = {
      analytics = ["sales", "marketing"]
      staging   = []
    }
    exclude_projects = {
      analytics = ["sales", "marketing"]
      staging   = []
    }
    include_aspect_types = {
      analytics = ["sales", "marketing"]
      staging   = []
    }
    exclude_aspect_types = {
      analytics = ["sales", "marketing"]
      staging   = []
    }
    ingest_aspects              = "yes"
    ingest_dq                   = "yes"
    ingest_profiling            = "yes"
    preflight_check             = "_edited"
    enable_aspects_reverse_sync = "no_edited"
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

run "refuses_a_wrong_ingest_aspects" {
  command         = plan
  expect_failures = [var.ingest_aspects]

  variables {
    ingest_aspects = "no-such-value"
  }
}
