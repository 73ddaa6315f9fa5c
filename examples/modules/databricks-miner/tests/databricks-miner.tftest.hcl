# `terraform test` publishes to the tenant of ATLAN_BASE_URL and ATLAN_API_KEY, such as a sandbox.
variables {
  name = "databricks-miner module test"
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
    extract_strategy                   = "offline"
    extraction_catalog_type_lineage    = "cloned-schema"
    cloned_catalog_name_lineage        = "system_edited"
    cloned_schema_name_lineage         = "access_edited"
    sql_warehouse                      = "_edited"
    path_level_lineage                 = true
    calculate_popularity               = true
    extraction_catalog_type_popularity = "cloned-schema"
    cloned_catalog_name_popularity     = "system_edited"
    cloned_schema_name_popularity      = "query_edited"
    popularity_window_days             = 14
    popularity_exclude_user_config     = ["added@example.com"]
    miner_start_time_epoch             = 1704067200
    sql_warehouse_popularity           = "_edited"
    miner_lookback_days                = 31
    miner_chunk_interval_hours         = 1
    miner_max_concurrent_activities    = 21
    miner_wave_size                    = 51
    miner_wave_concurrency             = 11
    preflight_context                  = "miner_edited"
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
    condition     = length(atlan_app.this.inputs) == 22
    error_message = "Not every input was published."
  }
}

run "refuses_a_wrong_extract_strategy" {
  command         = plan
  expect_failures = [var.extract_strategy]

  variables {
    connection = {
      qualified_name = run.crawler.qualified_name
    }
    extract_strategy = "no-such-value"
  }
}
