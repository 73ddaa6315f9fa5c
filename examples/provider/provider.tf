terraform {
  required_providers {
    atlan = {
      source  = "atlanhq/atlan"
      version = "~> 0.1"
    }
  }
}

# With ATLAN_BASE_URL and ATLAN_API_KEY set, this is enough.
provider "atlan" {}

# A second tenant, in its own words. The variable is ephemeral: plan files hold no part of it.
provider "atlan" {
  alias    = "staging"
  base_url = "https://example.atlan.com"
  api_key  = var.staging_api_key

  request_timeout = 30  # seconds that one request may take
  max_retries     = 3   # repeats of a request that may be repeated
  retry_timeout   = 120 # seconds that all tries of one request may take together
}

variable "staging_api_key" {
  type      = string
  sensitive = true
  ephemeral = true
}
