terraform {
  required_version = ">= 1.11"

  required_providers {
    atlan = {
      source  = "atlanhq/atlan"
      version = "~> 0.1"
    }
  }
}

# The connection of the miner: it exists after the first run of the crawler.
resource "atlan_app" "crawler" {
  app_id     = "powerbi-crawler"
  entrypoint = "crawler"
  name       = "powerbi-miner module test crawler"
  asset_connection = {
    name        = "powerbi-miner module test"
    admin_users = ["admin"]
  }
  inputs = {
    extraction_method = "direct"
  }
}

resource "atlan_app_run" "crawler" {
  slug = atlan_app.crawler.slug
}

output "qualified_name" {
  value      = atlan_app.crawler.asset_connection.qualified_name
  depends_on = [atlan_app_run.crawler]
}
