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
    - qualified_name: an existing one, such as default/anaplan/1735689600.
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
    error_message = "qualified_name has three segments, such as default/anaplan/1735689600."
  }
}

variable "credential" {
  description = <<-EOT
    How to sign in to the source, in one of these ways. No plan and no state contains any of it.

    basic:
    - username: The user.
    - password: The password.
    - host: The source's host.

    ca_cert:
    - username: The encoded data.
    - password: The encoded data, signed.
    - ca_certificate: The text of the certificate file.
    - host: The source's host.
  EOT
  type = object({
    basic = optional(object({
      username = string
      password = string
      host     = optional(string)
    }))
    ca_cert = optional(object({
      username       = string
      password       = string
      ca_certificate = string
      host           = optional(string)
    }))
  })
  default   = {}
  nullable  = false
  sensitive = true
  ephemeral = true

  validation {
    condition     = !local.signs_in || length([for way in values(var.credential) : way if way != null]) > 0
    error_message = "A workflow with a new connection must sign in to its source: set one of basic, ca_cert. If the workflow has a connection already, set its connection.qualified_name."
  }

  validation {
    condition     = length([for way in values(var.credential) : way if way != null]) <= 1
    error_message = "There is one credential: set one of basic, ca_cert, not several."
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

variable "include_metadata" {
  description = "What to crawl. An object by id, as the web UI submits it."
  type        = any
  default     = {}

  validation {
    condition     = var.include_metadata == null ? true : can(keys(var.include_metadata))
    error_message = "include_metadata is an object."
  }
}

variable "exclude_metadata" {
  description = "What to leave out. An object by id, as the web UI submits it."
  type        = any
  default     = {}

  validation {
    condition     = var.exclude_metadata == null ? true : can(keys(var.exclude_metadata))
    error_message = "exclude_metadata is an object."
  }
}

variable "exclude_empty_modules" {
  description = "Whether to leave out modules without line items."
  type        = bool
  default     = false
}

variable "ingest_system_dimension" {
  description = "Whether to take in time and versions: as a proxy, one by one, or not at all. One of proxy, individual, no."
  type        = string
  default     = "individual"

  validation {
    condition     = var.ingest_system_dimension == null ? true : contains(["proxy", "individual", "no"], var.ingest_system_dimension)
    error_message = "ingest_system_dimension is one of proxy, individual, no."
  }
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
