# `terraform test` publishes to the tenant of ATLAN_BASE_URL and ATLAN_API_KEY, such as a sandbox.
variables {
  name = "bigquery-miner module test"
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
    miner_start_time_epoch           = 1704067200
    region_strategy                  = "custom"
    region                           = "region-eu"
    fetch_all_projects_query_history = true
    calculate_popularity             = false
    pricing_model                    = "flat-rate"
    billing_strategy                 = "distributed"
    popularity_window_days           = 14
    popularity_exclude_user_config   = ["added@example.com"]
    control_config_strategy          = "custom"
    control_config = jsonencode({
      batch = {
        size  = 500
        ratio = 0.25
      }
      tags  = ["nightly", "größer als 0"]
      retry = null
    })
    chunk_interval_hours           = 1
    enable_continue_as_new         = true
    max_concurrent_activities      = 51
    max_activities_per_execution   = 301
    schedule_to_start_timeout_secs = 10801
    sql_pandas_batch_size          = 6001
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
    condition     = length(atlan_app.this.inputs) == 19
    error_message = "Not every input was published."
  }
}

run "refuses_a_wrong_region_strategy" {
  command         = plan
  expect_failures = [var.region_strategy]

  variables {
    connection = {
      qualified_name = run.crawler.qualified_name
    }
    region_strategy = "no-such-value"
  }
}
