variable "service_account_json" {
  type      = string
  sensitive = true
  ephemeral = true
}

module "bigquery" {
  source = "./bigquery-crawler"
  name   = "bigquery-production"

  connection = {
    admin_users = ["admin"]
  }

  credential = {
    service_account = {
      email                = "atlan@example.iam.gserviceaccount.com"
      service_account_json = var.service_account_json
      project_id           = "my-project"
    }
  }

  include_filter = { "my-project" = ["analytics"] }

  schedule = {
    cron     = "0 6 * * *"
    timezone = "Europe/Berlin"
  }
}
