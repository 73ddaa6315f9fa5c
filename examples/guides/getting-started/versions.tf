terraform {
  required_version = ">= 1.11"

  required_providers {
    atlan = {
      source  = "atlanhq/atlan"
      version = "~> 0.1"
    }
  }
}

# The provider reads the tenant's address and the API key from ATLAN_BASE_URL and ATLAN_API_KEY.
provider "atlan" {}
