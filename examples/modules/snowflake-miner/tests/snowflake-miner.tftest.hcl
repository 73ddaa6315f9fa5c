# `terraform test` publishes to the tenant of ATLAN_BASE_URL and ATLAN_API_KEY, such as a sandbox.
variables {
  name = "snowflake-miner module test"
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
    snowflake_database      = "cloned"
    database_name           = "SNOWFLAKE_edited"
    schema_name             = "ACCOUNT_USAGE_edited"
    miner_start_time_epoch  = 1704067200
    control_config_strategy = "custom"
    control_config = jsonencode({
      batch = {
        size  = 500
        ratio = 0.25
      }
      tags  = ["nightly", "größer als 0"]
      retry = null
    })
    preflight_check                   = "_edited"
    calculate_popularity              = false
    popularity_window_days            = 14
    popularity_exclude_user_config    = ["added@example.com"]
    extract_strategy                  = "miner_edited"
    native_lineage_active             = true
    indirect_lineage                  = true
    ignore_orphans                    = true
    enable_sharded                    = true
    enable_parent_job_scoping         = true
    enable_fallback_match             = false
    include_indirect_column_relations = true
    process_routines                  = false
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
    condition     = length(atlan_app.this.inputs) == 21
    error_message = "Not every input was published."
  }
}

run "refuses_a_wrong_snowflake_database" {
  command         = plan
  expect_failures = [var.snowflake_database]

  variables {
    connection = {
      qualified_name = run.crawler.qualified_name
    }
    snowflake_database = "no-such-value"
  }
}
