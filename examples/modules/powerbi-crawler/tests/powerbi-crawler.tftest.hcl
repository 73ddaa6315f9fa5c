# `terraform test` publishes to the tenant of ATLAN_BASE_URL and ATLAN_API_KEY, such as a sandbox.
variables {
  name = "powerbi-crawler module test"
  connection = {
    admin_users = ["admin"]
  }
  credential = {
    service_principal = {
      tenant_id     = "a-tenant-id"
      client_id     = "a-client-id"
      client_secret = "a-client-secret"
      admin_api     = "a-admin-api"
    }
  }
}

run "publishes_every_input" {
  variables {
    schedule = {
      cron     = "0 6 * * *"
      timezone = "Europe/Berlin"
    }
    include_filter                   = ["8f14e45f", "c9f0f895"]
    exclude_filter                   = ["45c48cce"]
    dashboard_report_include_regex   = "_edited"
    dashboard_report_exclude_regex   = "_edited"
    fetch_report_definition_extracts = false
    endorsement_attach_mode          = "requests"
    incremental_extraction           = true
    sql_connection_info_note         = "_edited"
    enable_odbc_connectivity_mapping = true
    odbc_dsn_config_mapping = {
      analytics = ["sales", "marketing"]
      staging   = []
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
    condition     = length(atlan_app.this.inputs) == 12
    error_message = "Not every input was published."
  }

  assert {
    condition     = output.credential_guid != ""
    error_message = "No credential was stored."
  }
}

run "refuses_a_wrong_endorsement_attach_mode" {
  command         = plan
  expect_failures = [var.endorsement_attach_mode]

  variables {
    endorsement_attach_mode = "no-such-value"
  }
}
