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
    - qualified_name: an existing one, such as default/databricks/1735689600.
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
    error_message = "qualified_name has three segments, such as default/databricks/1735689600."
  }
}

variable "credential" {
  description = <<-EOT
    How to sign in to the source, in one of these ways. No plan and no state contains any of it.

    basic:
    - host: The source's host.
    - password: The personal access token.
    - http_path: The SQL warehouse's HTTP path, such as /sql/1.0/warehouses/1234567890abcdef.
    - port: The source's port, 1 to 65535.

    aws_service:
    - host: The source's host.
    - client_id: The client's id.
    - client_secret: The client's secret.
    - port: The source's port, 1 to 65535.

    azure_service:
    - host: The source's host.
    - client_id: The client's id.
    - client_secret: The client's secret.
    - tenant_id: The Microsoft Entra tenant's id.
    - port: The source's port, 1 to 65535.
  EOT
  type = object({
    basic = optional(object({
      host      = string
      password  = string
      http_path = string
      port      = optional(number, 443)
    }))
    aws_service = optional(object({
      host          = string
      client_id     = string
      client_secret = string
      port          = optional(number, 443)
    }))
    azure_service = optional(object({
      host          = string
      client_id     = string
      client_secret = string
      tenant_id     = string
      port          = optional(number, 443)
    }))
  })
  default   = {}
  nullable  = false
  sensitive = true
  ephemeral = true

  validation {
    condition     = !local.signs_in || length([for way in values(var.credential) : way if way != null]) > 0
    error_message = "A workflow with a new connection must sign in to its source: set one of basic, aws_service, azure_service. If the workflow has a connection already, set its connection.qualified_name."
  }

  validation {
    condition     = length([for way in values(var.credential) : way if way != null]) <= 1
    error_message = "There is one credential: set one of basic, aws_service, azure_service, not several."
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
  description = "Where the metadata is read from. One of system-tables, rest-api."
  type        = string
  default     = "system-tables"

  validation {
    condition     = var.extract_strategy == null ? true : contains(["system-tables", "rest-api"], var.extract_strategy)
    error_message = "extract_strategy is one of system-tables, rest-api."
  }
}

variable "enable_cross_workspace_discovery" {
  description = "Whether to crawl every workspace that shares the metastore."
  type        = bool
  default     = false
}

variable "temp_table_regex" {
  description = "A regular expression; tables and views that match it are left out."
  type        = string
  default     = ""
}

variable "enable_tags" {
  description = "Whether to import tags."
  type        = bool
  default     = false
}

variable "enable_models" {
  description = "Whether to import AI models and their versions."
  type        = bool
  default     = false
}

variable "enable_model_lineage" {
  description = "Whether to import the lineage of AI models."
  type        = bool
  default     = false
}

variable "enable_complex_types" {
  description = "Whether to show the fields of STRUCT, ARRAY and MAP columns as separate columns."
  type        = bool
  default     = true
}

variable "advanced_config_strategy" {
  description = "\"custom\" makes the advanced settings count. One of default, custom."
  type        = string
  default     = "default"

  validation {
    condition     = var.advanced_config_strategy == null ? true : contains(["default", "custom"], var.advanced_config_strategy)
    error_message = "advanced_config_strategy is one of default, custom."
  }
}

variable "enable_view_lineage" {
  description = "Whether to read column lineage from the definitions of views."
  type        = bool
  default     = true
}

variable "use_source_schema_filtering" {
  description = "Whether the source itself filters by schema."
  type        = bool
  default     = false
}

variable "incremental_extraction" {
  description = "Whether to extract only what changed since the last run that succeeded."
  type        = bool
  default     = false
}

variable "sql_warehouse" {
  description = "The SQL warehouse that tags are read with. An object by id, as the web UI submits it."
  type        = any
  default     = {}

  validation {
    condition     = var.sql_warehouse == null ? true : can(keys(try(jsondecode(var.sql_warehouse), var.sql_warehouse)))
    error_message = "sql_warehouse is an object or its JSON text."
  }
}

# Inputs that the web UI submits without showing them.

variable "workspace_credential_overrides" {
  description = "The credential of each other workspace, as JSON text; it is kept in state, so name no secret here."
  type        = string
  default     = "{}"

  validation {
    condition     = var.workspace_credential_overrides == null ? true : can(jsondecode(var.workspace_credential_overrides))
    error_message = "workspace_credential_overrides is JSON text: write it as jsonencode({ … })."
  }
}

variable "include_filter" {
  description = "What to crawl. Names, such as { my_catalog = [\"my_schema\"] }, an empty list for all of it."
  type        = map(list(string))
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for names in values(var.include_filter) : names == null ? false : alltrue([for each in names : each != null])])
    error_message = "include_filter has a null: write lists of names."
  }
}

variable "exclude_filter" {
  description = "What to leave out. Names, such as { my_catalog = [\"my_schema\"] }, an empty list for all of it. It wins over include_filter."
  type        = map(list(string))
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for names in values(var.exclude_filter) : names == null ? false : alltrue([for each in names : each != null])])
    error_message = "exclude_filter has a null: write lists of names."
  }
}

variable "use_parallelize_table_enrichment" {
  description = "Whether tables are enriched in parallel."
  type        = bool
  default     = true
}

variable "enable_tag_sync" {
  description = "Whether to synchronize tags."
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
