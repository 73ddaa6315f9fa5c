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
    - qualified_name: an existing one, such as default/snowflake/1735689600.
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
    error_message = "qualified_name has three segments, such as default/snowflake/1735689600."
  }
}

variable "credential" {
  description = <<-EOT
    How to sign in to the source, in one of these ways. No plan and no state contains any of it.

    keypair:
    - username: The user.
    - password: The private key, encrypted, as PEM text.
    - host: The account's host, such as example.snowflakecomputing.com.
    - port: The source's port, 1 to 65535.
    - private_key_password: The password of the private key.
    - role: The role to use.
    - warehouse: The warehouse to query with.

    okta:
    - username: The user.
    - password: The password.
    - authenticator: Okta's address, such as https://example.okta.com.
    - host: The account's host, such as example.snowflakecomputing.com.
    - port: The source's port, 1 to 65535.
    - role: The role to use.
    - warehouse: The warehouse to query with.

    entra_id:
    - username: The client's id.
    - password: The client's secret.
    - tenant_id: The Microsoft Entra tenant's id.
    - oauth_scope: The OAuth scope.
    - host: The account's host, such as example.snowflakecomputing.com.
    - port: The source's port, 1 to 65535.
    - role: The role to use.
    - warehouse: The warehouse to query with.

    basic:
    - username: The user.
    - password: The password.
    - host: The account's host, such as example.snowflakecomputing.com.
    - port: The source's port, 1 to 65535.
    - role: The role to use.
    - warehouse: The warehouse to query with.
  EOT
  type = object({
    keypair = optional(object({
      username             = string
      password             = string
      host                 = optional(string)
      port                 = optional(number, 443)
      private_key_password = optional(string)
      role                 = optional(string)
      warehouse            = optional(string)
    }))
    okta = optional(object({
      username      = string
      password      = string
      authenticator = string
      host          = optional(string)
      port          = optional(number, 443)
      role          = optional(string)
      warehouse     = optional(string)
    }))
    entra_id = optional(object({
      username    = string
      password    = string
      tenant_id   = string
      oauth_scope = string
      host        = optional(string)
      port        = optional(number, 443)
      role        = optional(string)
      warehouse   = optional(string)
    }))
    basic = optional(object({
      username  = string
      password  = string
      host      = optional(string)
      port      = optional(number, 443)
      role      = optional(string)
      warehouse = optional(string)
    }))
  })
  default   = {}
  nullable  = false
  sensitive = true
  ephemeral = true

  validation {
    condition     = !local.signs_in || length([for way in values(var.credential) : way if way != null]) > 0
    error_message = "A workflow with a new connection must sign in to its source: set one of keypair, okta, entra_id, basic. If the workflow has a connection already, set its connection.qualified_name."
  }

  validation {
    condition     = length([for way in values(var.credential) : way if way != null]) <= 1
    error_message = "There is one credential: set one of keypair, okta, entra_id, basic, not several."
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

variable "extract_strategy" {
  description = "Where the metadata is read from. One of information-schema, account-usage."
  type        = string
  default     = "information-schema"

  validation {
    condition     = var.extract_strategy == null ? true : contains(["information-schema", "account-usage"], var.extract_strategy)
    error_message = "extract_strategy is one of information-schema, account-usage."
  }
}

variable "account_usage_database_name" {
  description = "The database that contains the account usage schema."
  type        = string
  default     = "SNOWFLAKE"
}

variable "account_usage_schema_name" {
  description = "The schema that contains the account usage views."
  type        = string
  default     = "ACCOUNT_USAGE"
}

variable "temp_table_regex" {
  description = "A regular expression; tables and views that match it are left out."
  type        = string
  default     = ""
}

variable "exclude_empty_tables" {
  description = "Whether to leave out tables without data, and their columns."
  type        = bool
  default     = false
}

variable "exclude_views" {
  description = "Whether to leave out all views."
  type        = bool
  default     = false
}

variable "enable_lineage" {
  description = "Whether to read lineage from the definitions of views."
  type        = bool
  default     = true
}

variable "include_filter" {
  description = "What to crawl. An object or its JSON text, as the web UI submits it. The module sends it unchanged."
  type        = any
  default     = "{}"
  nullable    = false

  validation {
    condition     = can(keys(try(jsondecode(var.include_filter), var.include_filter)))
    error_message = "include_filter is an object or its JSON text."
  }
}

variable "exclude_filter" {
  description = "What to leave out. An object or its JSON text, as the web UI submits it. The module sends it unchanged. It wins over include_filter."
  type        = any
  default     = "{}"
  nullable    = false

  validation {
    condition     = can(keys(try(jsondecode(var.exclude_filter), var.exclude_filter)))
    error_message = "exclude_filter is an object or its JSON text."
  }
}

variable "asset_selection" {
  description = "The assets to crawl. An object by id, as the web UI submits it."
  type        = any
  default     = "{}"

  validation {
    condition     = var.asset_selection == null ? true : can(keys(try(jsondecode(var.asset_selection), var.asset_selection)))
    error_message = "asset_selection is an object or its JSON text."
  }
}

variable "preflight_check" {
  description = "What the web UI's check before a run left behind."
  type        = string
  default     = ""
}

variable "enable_snowflake_tags" {
  description = "Whether to import tags."
  type        = bool
  default     = false
}

variable "enable_stages" {
  description = "Whether to import internal and external named stages."
  type        = bool
  default     = false
}

variable "incremental_extraction" {
  description = "Whether to extract only what changed since the last run that succeeded."
  type        = bool
  default     = true
}

variable "control_config_strategy" {
  description = "\"custom\" makes what is set in control_config count. One of default, custom."
  type        = string
  default     = "default"

  validation {
    condition     = var.control_config_strategy == null ? true : contains(["default", "custom"], var.control_config_strategy)
    error_message = "control_config_strategy is one of default, custom."
  }
}

variable "control_config" {
  description = "Experimental settings, as JSON text: jsonencode({ … })."
  type        = string
  default     = ""

  validation {
    condition     = var.control_config == null ? true : var.control_config == "" || can(jsondecode(var.control_config))
    error_message = "control_config is JSON text: write it as jsonencode({ … })."
  }
}

variable "enable_semantic_views" {
  description = "Whether to import semantic views, their tables, dimensions, metrics and facts."
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
