terraform {
  required_version = ">= 1.11"

  required_providers {
    atlan = {
      source  = "atlanhq/atlan"
      version = "~> 0.1"
    }
  }
}
