terraform {
  required_providers {
    atlan = {
      source  = "atlanhq/atlan"
      version = "~> 0.1"
    }
  }
}

# The provider reads ATLAN_BASE_URL and ATLAN_API_KEY.
provider "atlan" {}

# A second tenant. The variable is ephemeral: plan files do not contain its value.
provider "atlan" {
  alias    = "staging"
  base_url = "https://example.atlan.com"
  api_key  = var.staging_api_key

  request_timeout = 300 # seconds to wait for one answer, also for a submit of a run
  max_retries     = 3   # how often a request is repeated, if that is safe
  retry_timeout   = 120 # seconds for all attempts of one request together
}

variable "staging_api_key" {
  type      = string
  sensitive = true
  ephemeral = true
}
