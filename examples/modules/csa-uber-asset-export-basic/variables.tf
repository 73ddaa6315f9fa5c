variable "name" {
  description = "The workflow's name, unique on the tenant. A change replaces the workflow."
  type        = string

  validation {
    condition     = trimspace(var.name) != ""
    error_message = "name is empty: the service refuses it."
  }
}

variable "connection" {
  description = <<-EOT
    The connection that the assets belong to: a new one, or an existing one by its qualified name.
    - name: the name of the connection. Unset: an existing one keeps its name, and a new one gets the name of the
      workflow.
    - qualified_name: an existing one, such as default/csa-connectors-objectstore/1735689600.
    - admin_users: users who administer it, by name.
    - admin_groups: groups who administer it, by name.
    - admin_roles: roles who administer it, by guid: data.atlan_role returns it.
  EOT
  type = object({
    name           = optional(string)
    qualified_name = optional(string)
    admin_users    = optional(list(string))
    admin_groups   = optional(list(string))
    admin_roles    = optional(list(string))
  })
  nullable = false

  validation {
    condition     = var.connection.qualified_name == null ? true : can(regex("^default/[^/[:space:]]+/[^/[:space:]]+$", var.connection.qualified_name))
    error_message = "qualified_name has three segments, such as default/csa-connectors-objectstore/1735689600."
  }
}

variable "credential" {
  description = <<-EOT
    How to sign in to the source, in one of these ways. No plan and no state contains any of it.

    s3:
    - username: The AWS access key id.
    - password: The AWS secret access key.
    - aws_role_arn: The role's ARN, such as arn:aws:iam::123456789012:role/atlan.
    - region: The region, such as eu-central-1.
    - s3_bucket: The bucket's name.

    gcs:
    - username: The project's id.
    - password: The service account's key, its JSON text.
    - gcs_bucket: The bucket's name.

    adls:
    - username: The Azure client's id.
    - password: The Azure client's secret.
    - azure_tenant_id: The Azure tenant's id.
    - storage_account_name: The storage account.
    - adls_container: The container.
  EOT
  type = object({
    s3 = optional(object({
      username     = string
      password     = string
      aws_role_arn = optional(string)
      region       = optional(string)
      s3_bucket    = optional(string)
    }))
    gcs = optional(object({
      username   = string
      password   = string
      gcs_bucket = optional(string)
    }))
    adls = optional(object({
      username             = string
      password             = string
      azure_tenant_id      = optional(string)
      storage_account_name = optional(string)
      adls_container       = optional(string)
    }))
  })
  default   = {}
  nullable  = false
  sensitive = true
  ephemeral = true

  validation {
    condition     = !local.signs_in || length([for way in values(var.credential) : way if way != null]) > 0
    error_message = "A workflow with a new connection must sign in to its source: set one of s3, gcs, adls. If the workflow has a connection already, set its connection.qualified_name."
  }

  validation {
    condition     = length([for way in values(var.credential) : way if way != null]) <= 1
    error_message = "There is one credential: set one of s3, gcs, adls, not several."
  }
}

variable "credential_version" {
  description = "A number of your choice: raise it to send a changed secret, because a plan cannot compare secrets. Unset: 1 for a new connection."
  type        = number
  default     = null
}

variable "credential_guid" {
  description = "The guid of a stored credential, to share it through an existing connection. Unset: the workflow's own, or the connection's."
  type        = string
  default     = null
}

variable "schedule" {
  description = <<-EOT
    When the workflow runs; null for no schedule.
    - cron: five fields, such as 0 6 * * * for every day at six.
    - timezone: an IANA name, such as Europe/Berlin.
  EOT
  type = object({
    cron     = string
    timezone = optional(string, "UTC")
  })
  default = null
}

variable "agent_json" {
  description = "An agent in your network that extracts instead of Atlan: an object or its JSON text. State contains it, so it must contain the places of secrets only, not the secrets."
  type        = any
  default     = null

  validation {
    condition     = var.agent_json == null ? true : can(keys(try(jsondecode(var.agent_json), var.agent_json)))
    error_message = "agent_json is an object or its JSON text."
  }
}

variable "delivery_type" {
  description = "Where the export goes: to Atlan itself (DIRECT), by mail (EMAIL), to an object store (CLOUD). One of DIRECT, EMAIL, CLOUD."
  type        = string
  default     = "DIRECT"

  validation {
    condition     = var.delivery_type == null ? true : contains(["DIRECT", "EMAIL", "CLOUD"], var.delivery_type)
    error_message = "delivery_type is one of DIRECT, EMAIL, CLOUD."
  }
}

variable "email_addresses" {
  description = "Who is sent the export: addresses with commas between them."
  type        = string
  default     = ""
}

variable "export_scope" {
  description = "What to export: glossaries, data products, assets that users enriched, or all. One of GLOSSARIES_ONLY, PRODUCTS_ONLY, ENRICHED_ONLY, ALL."
  type        = string
  default     = "ENRICHED_ONLY"

  validation {
    condition     = var.export_scope == null ? true : contains(["GLOSSARIES_ONLY", "PRODUCTS_ONLY", "ENRICHED_ONLY", "ALL"], var.export_scope)
    error_message = "export_scope is one of GLOSSARIES_ONLY, PRODUCTS_ONLY, ENRICHED_ONLY, ALL."
  }
}

variable "qn_prefix" {
  description = "What the qualified names of the exported assets begin with."
  type        = string
  default     = "default"
}

variable "include_description" {
  description = "Whether to export the descriptions of the source too."
  type        = bool
  default     = true
}

variable "include_glossaries" {
  description = "Whether to export glossaries, terms and categories too."
  type        = bool
  default     = false
}

variable "include_products" {
  description = "Whether to export data products and domains too."
  type        = bool
  default     = false
}

variable "include_archived" {
  description = "Whether to export archived assets too."
  type        = bool
  default     = false
}

variable "export_empty_custom_metadata" {
  description = "Whether custom metadata that no exported asset has a value for gets a column."
  type        = bool
  default     = true
}

# Inputs that the web UI submits without showing them.

variable "all_attributes" {
  description = "Whether to export all attributes."
  type        = bool
  default     = false
}

variable "more_inputs" {
  description = "Inputs without a variable in this module, by name. They take precedence over the variables."
  type        = any
  default     = {}
  nullable    = false

  validation {
    condition     = can(keys(var.more_inputs))
    error_message = "more_inputs is an object of inputs by name."
  }
}

variable "adopt_existing" {
  description = "Whether to adopt an existing workflow of the same name instead of failing, and its trigger with the times of the schedule. To remove it later without a credential, set the qualified_name of the connection instead."
  type        = bool
  default     = false
  nullable    = false
}
