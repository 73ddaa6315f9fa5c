# `terraform test` publishes to the tenant of ATLAN_BASE_URL and ATLAN_API_KEY, such as a sandbox.
variables {
  name = "atlan-dbt module test"
  connection = {
    admin_users = ["admin"]
  }
  credential = {
    api = {}
  }
  credential_secrets = {
    api = {
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
    extraction_type            = "objectstore"
    manifest_source            = "external"
    core_extract_output_prefix = "dbt/artifacts"
    include_filter = {
      "71" = ["401", "402"]
      "72" = []
    }
    exclude_filter = {
      "73" = []
    }
    include_filter_core            = "*_copy"
    exclude_filter_core            = "*_copy"
    enable_dbt_tagsync             = true
    advanced_options_config        = true
    enrich_materialised_sql_assets = false
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
    condition     = length(atlan_app.this.inputs) == 13
    error_message = "Not every input was published."
  }
}

run "refuses_a_wrong_extraction_type" {
  command         = plan
  expect_failures = [var.extraction_type]

  variables {
    extraction_type = "no-such-value"
  }
}
