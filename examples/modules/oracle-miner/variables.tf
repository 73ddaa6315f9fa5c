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
    The connection whose history is mined. The first run of its crawler creates it.
    - qualified_name: its qualified name, such as default/oracle/1735689600.
    - name: its name, if the tenant does not return it.
  EOT
  type = object({
    qualified_name = string
    name           = optional(string)
  })
  nullable = false

  validation {
    condition     = can(regex("^default/[^/[:space:]]+/[^/[:space:]]+$", var.connection.qualified_name))
    error_message = "qualified_name has three segments, such as default/oracle/1735689600."
  }
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

variable "miner_start_time_epoch" {
  description = "From when on the query history is mined. In epoch seconds, a whole number; 0 for the whole window that the source keeps."
  type        = number
  default     = 0

  validation {
    condition     = var.miner_start_time_epoch == null ? true : var.miner_start_time_epoch >= 0 && floor(var.miner_start_time_epoch) == var.miner_start_time_epoch
    error_message = "miner_start_time_epoch is a whole number of 0 or more."
  }
}

# Inputs that the web UI submits without showing them.

variable "workflow_type" {
  description = "Which of the app's workflows this is."
  type        = string
  default     = "miner"
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
