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
    - qualified_name: an existing one, such as default/standard-lineage/1735689600.
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
    error_message = "qualified_name has three segments, such as default/standard-lineage/1735689600."
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

variable "connector" {
  description = "The connector of the connections in scope. One of bigquery."
  type        = string
  default     = "bigquery"

  validation {
    condition     = var.connector == null ? true : contains(["bigquery"], var.connector)
    error_message = "connector is one of bigquery."
  }
}

variable "cross_connection_qualified_names" {
  description = "The connections in scope, by qualified name: all of one connector, and not the workflow's own."
  type        = list(string)
  nullable    = false

  validation {
    condition     = alltrue([for each in var.cross_connection_qualified_names : can(regex("^default/[^/]+/[0-9]+$", each)) && !startswith(each, "default/standard-lineage/")]) && try(length(distinct([for each in var.cross_connection_qualified_names : split("/", each)[1]])) == 1, false)
    error_message = "cross_connection_qualified_names lists qualified names of one connector, such as default/bigquery/1735689600."
  }
}

# Inputs that the web UI submits without showing them.

variable "run_role" {
  description = "The role that the app runs as."
  type        = string
  default     = "standard-lineage"
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
