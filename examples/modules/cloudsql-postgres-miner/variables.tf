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
    The connection whose history is mined, which its crawler made on its first run.
    - qualified_name: its identity, such as default/cloudsql-postgres/1735689600.
    - name: its name, where the tenant does not tell it.
  EOT
  type = object({
    qualified_name = string
    name           = optional(string)
  })
  nullable = false

  validation {
    condition     = can(regex("^default/[^/[:space:]]+/[^/[:space:]]+$", var.connection.qualified_name))
    error_message = "qualified_name has three segments, such as default/cloudsql-postgres/1735689600."
  }
}

variable "credential_guid" {
  description = "The guid of a vaulted credential, to share it through an existing connection. Unset: the workflow's own, or the connection's."
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
  description = "An agent in your own network that extracts in place of Atlan: an object or its JSON text. It names where the secrets lie, and is kept in state; it never holds them."
  type        = any
  default     = null

  validation {
    condition     = var.agent_json == null ? true : can(keys(try(jsondecode(var.agent_json), var.agent_json)))
    error_message = "agent_json is an object or its JSON text."
  }
}

variable "redact_sql_text" {
  description = "Whether literals in SQL are replaced by placeholders before anything is written. Unset: false."
  type        = bool
  default     = null
}

variable "more_inputs" {
  description = "Inputs that this module has no variable for, by name; they go before those that it has."
  type        = any
  default     = {}
  nullable    = false

  validation {
    condition     = can(keys(var.more_inputs))
    error_message = "more_inputs is an object of inputs by name."
  }
}

variable "adopt_existing" {
  description = "Whether to take over a workflow that holds the name already, instead of failing."
  type        = bool
  default     = false
  nullable    = false
}
