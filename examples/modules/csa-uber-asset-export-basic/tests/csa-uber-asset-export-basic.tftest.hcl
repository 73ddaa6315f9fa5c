# `terraform test` publishes to the tenant of ATLAN_BASE_URL and ATLAN_API_KEY, such as a sandbox.
variables {
  name = "csa-uber-asset-export-basic module test"
  connection = {
    admin_users = ["admin"]
  }
  credential = {
    s3 = {
      username = "a-username"
      password = "a-password"
    }
  }
  delivery_type = "CLOUD"
}

run "publishes_every_input" {
  variables {
    schedule = {
      cron     = "0 6 * * *"
      timezone = "Europe/Berlin"
    }
    email_addresses              = "data-team@example.com"
    export_scope                 = "GLOSSARIES_ONLY"
    qn_prefix                    = "default_edited"
    include_description          = false
    include_glossaries           = true
    include_products             = true
    include_archived             = true
    export_empty_custom_metadata = false
    all_attributes               = true
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
    condition     = length(atlan_app.this.inputs) == 12
    error_message = "Not every input was published."
  }

  assert {
    condition     = output.credential_guid != ""
    error_message = "No credential was stored."
  }
}

run "refuses_a_wrong_delivery_type" {
  command         = plan
  expect_failures = [var.delivery_type]

  variables {
    delivery_type = "no-such-value"
  }
}
