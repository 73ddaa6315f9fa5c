# `terraform test` publishes to the tenant of ATLAN_BASE_URL and ATLAN_API_KEY, such as a sandbox.
variables {
  name = "bigquery-crawler module test"
  connection = {
    admin_users = ["admin"]
  }
  credential = {
    service_account = {
      email                = "a-email"
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
    include_filter = {
      analytics = ["sales", "marketing"]
      staging   = []
    }
    exclude_filter = {
      "added 0" = ["here"]
    }
    temp_table_regex         = ".*_tmp\\d+$"
    enable_nested_columns    = false
    enable_bigquery_tag_sync = true
    filter_sharded_tables    = false
    hidden_datasets          = true
    control_config_strategy  = "default_copy"
    control_config = jsonencode({
      batch = {
        size  = 500
        ratio = 0.25
      }
      tags  = ["nightly", "größer als 0"]
      retry = null
    })
    preflight_check              = "_edited"
    atlas_auth_type              = "internal_edited"
    list_datasets_per_chunk      = 51
    mapping_chunk_size           = 1001
    extract_output_chuck_size    = 50001
    max_concurrent_activities    = 16
    max_activities_per_execution = 301
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
    condition     = length(atlan_app.this.inputs) == 18
    error_message = "Not every input was published."
  }

  assert {
    condition     = output.credential_guid != ""
    error_message = "No credential was stored."
  }
}

run "refuses_a_wrong_control_config" {
  command         = plan
  expect_failures = [var.control_config]

  variables {
    control_config = "no JSON"
  }
}
