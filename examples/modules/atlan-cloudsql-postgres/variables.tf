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
    - qualified_name: an existing one, such as default/cloudsql-postgres/1735689600.
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
    error_message = "qualified_name has three segments, such as default/cloudsql-postgres/1735689600."
  }
}

variable "credential" {
  description = <<-EOT
    How to sign in to the source, in one of these ways. No plan and no state contains any of it.

    basic:
    - host: The source's host.
    - username: The user.
    - password: The password.
    - port: The source's port, 1 to 65535.
    - database: The database to sign in to.
    - ip_type: How the instance is reached, such as PUBLIC or PRIVATE.
    - sqlalchemy_url: Further arguments of the driver, or its whole URL.

    iam_user:
    - host: The source's host.
    - username: The IAM user's name.
    - password: The IAM token.
    - name: The instance's connection name, such as project:region:instance.
    - port: The source's port, 1 to 65535.
    - database: The database to sign in to.
    - ip_type: How the instance is reached, such as PUBLIC or PRIVATE.
    - sqlalchemy_url: Further arguments of the driver, or its whole URL.

    iam_service_account:
    - host: The source's host.
    - username: The service account's name.
    - password: The password.
    - name: The instance's connection name, such as project:region:instance.
    - port: The source's port, 1 to 65535.
    - gcp_service_account: The service account's key, its JSON text.
    - database: The database to sign in to.
    - ip_type: How the instance is reached, such as PUBLIC or PRIVATE.
    - sqlalchemy_url: Further arguments of the driver, or its whole URL.

    workload_identity_federation:
    - host: The source's host.
    - username: The service account's name.
    - name: The instance's connection name, such as project:region:instance.
    - port: The source's port, 1 to 65535.
    - database: The database to sign in to.
    - ip_type: How the instance is reached, such as PUBLIC or PRIVATE.
    - sqlalchemy_url: Further arguments of the driver, or its whole URL.
  EOT
  type = object({
    basic = optional(object({
      host           = string
      username       = string
      password       = string
      port           = optional(number, 5432)
      database       = optional(string)
      ip_type        = optional(string)
      sqlalchemy_url = optional(string)
    }))
    iam_user = optional(object({
      host           = string
      username       = string
      password       = string
      name           = string
      port           = optional(number, 5432)
      database       = optional(string)
      ip_type        = optional(string)
      sqlalchemy_url = optional(string)
    }))
    iam_service_account = optional(object({
      host                = string
      username            = string
      password            = string
      name                = string
      port                = optional(number, 5432)
      gcp_service_account = optional(string)
      database            = optional(string)
      ip_type             = optional(string)
      sqlalchemy_url      = optional(string)
    }))
    workload_identity_federation = optional(object({
      host           = string
      username       = string
      name           = string
      port           = optional(number, 5432)
      database       = optional(string)
      ip_type        = optional(string)
      sqlalchemy_url = optional(string)
    }))
  })
  default   = {}
  nullable  = false
  sensitive = true
  ephemeral = true

  validation {
    condition     = !local.signs_in || length([for way in values(var.credential) : way if way != null]) > 0
    error_message = "A workflow with a new connection must sign in to its source: set one of basic, iam_user, iam_service_account, workload_identity_federation. If the workflow has a connection already, set its connection.qualified_name."
  }

  validation {
    condition     = length([for way in values(var.credential) : way if way != null]) <= 1
    error_message = "There is one credential: set one of basic, iam_user, iam_service_account, workload_identity_federation, not several."
  }

  validation {
    condition     = alltrue([for way in values(var.credential) : way == null ? true : way.port >= 1 && way.port <= 65535 && floor(way.port) == way.port])
    error_message = "port is a whole number from 1 to 65535."
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

variable "cloud_provider" {
  description = "The cloud that the database runs in."
  type        = string
  default     = ""
}

variable "temp_table_regex" {
  description = "A regular expression; tables and views that match it are left out."
  type        = string
  default     = ""
}

variable "include_filter" {
  description = "What to crawl. Names, such as { my_database = [\"my_schema\"] }, an empty list for all of it. The module escapes and anchors them; a name that is already ^…$ stays as it is."
  type        = map(list(string))
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for names in values(var.include_filter) : names == null ? false : alltrue([for each in names : each != null])])
    error_message = "include_filter has a null: write lists of names."
  }
}

variable "exclude_filter" {
  description = "What to leave out. Names, such as { my_database = [\"my_schema\"] }, an empty list for all of it. The module escapes and anchors them; a name that is already ^…$ stays as it is. It wins over include_filter."
  type        = map(list(string))
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for names in values(var.exclude_filter) : names == null ? false : alltrue([for each in names : each != null])])
    error_message = "exclude_filter has a null: write lists of names."
  }
}

variable "redact_sql_text" {
  description = "Whether literals in SQL are replaced by placeholders before anything is written."
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
