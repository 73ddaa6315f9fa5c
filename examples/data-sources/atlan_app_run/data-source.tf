variable "run_id" {
  description = "The id of a run, for example a run that a script or the web UI submitted."
  type        = string
}

# Each plan and apply warns if the run failed
check "run" {
  data "atlan_app_run" "it" {
    run_id = var.run_id
  }

  assert {
    condition     = !data.atlan_app_run.it.is_terminal || data.atlan_app_run.it.is_success
    error_message = "The run of ${data.atlan_app_run.it.slug} ended as ${data.atlan_app_run.it.status}."
  }
}
