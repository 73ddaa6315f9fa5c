output "slug" {
  description = "The id of the workflow on the tenant."
  value       = atlan_app.bigquery.slug
}

output "version" {
  description = "The published version. Each change of the inputs publishes a new one."
  value       = atlan_app.bigquery.version
}

output "trigger_id" {
  description = "The id of the schedule's trigger on the tenant."
  value       = atlan_app_schedule.daily.trigger_id
}

output "required_inputs" {
  description = "The inputs that the app's contract requires."
  value       = data.atlan_app_contract.bigquery.required
}

output "next_commands" {
  description = "Commands to try next in this folder."
  value = {
    see_the_state       = "terraform show"
    forget_the_workflow = "terraform state rm atlan_app.bigquery"
    import_it_again     = "terraform import atlan_app.bigquery ${atlan_app.bigquery.slug}"
    import_by_name      = "terraform import atlan_app.bigquery 'name:${atlan_app.bigquery.name}'"
    remove_everything   = "terraform destroy"
  }
}
