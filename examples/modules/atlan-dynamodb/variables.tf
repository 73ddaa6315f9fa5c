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
    - qualified_name: an existing one, such as default/dynamodb/1735689600.
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
    error_message = "qualified_name has three segments, such as default/dynamodb/1735689600."
  }
}

variable "credential" {
  description = <<-EOT
    How to sign in to the source, in one of these ways. No plan and no state contains any of it.

    iam_user:
    - username: The AWS access key id.
    - password: The AWS secret access key.
    - region: The region, such as eu-central-1.
    - endpoint_url: An endpoint other than AWS's own.

    assume_role:
    - aws_role_arn: The role's ARN, such as arn:aws:iam::123456789012:role/atlan.
    - region: The region, such as eu-central-1.
    - aws_external_id: The external id that the role asks for.
    - session_name: The name of the session.
    - endpoint_url: An endpoint other than AWS's own.
  EOT
  type = object({
    iam_user = optional(object({
      username     = string
      password     = string
      region       = string
      endpoint_url = optional(string)
    }))
    assume_role = optional(object({
      aws_role_arn    = string
      region          = string
      aws_external_id = optional(string)
      session_name    = optional(string)
      endpoint_url    = optional(string)
    }))
  })
  default   = {}
  nullable  = false
  sensitive = true
  ephemeral = true

  validation {
    condition     = !local.signs_in || length([for way in values(var.credential) : way if way != null]) > 0
    error_message = "A workflow with a new connection must sign in to its source: set one of iam_user, assume_role. If the workflow has a connection already, set its connection.qualified_name."
  }

  validation {
    condition     = length([for way in values(var.credential) : way if way != null]) <= 1
    error_message = "There is one credential: set one of iam_user, assume_role, not several."
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

variable "exclude_filter" {
  description = "Tables to leave out: regular expressions with | between them."
  type        = string
  default     = ""
  nullable    = false
}

variable "include_filter" {
  description = "Tables to crawl: regular expressions with | between them."
  type        = string
  default     = ""
  nullable    = false
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
