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
    - qualified_name: an existing one, such as default/bigquery/1735689600.
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
    error_message = "qualified_name has three segments, such as default/bigquery/1735689600."
  }
}

variable "credential" {
  description = <<-EOT
    How to sign in to the source, in one of these ways. No plan and no state contains any of it.

    service_account:
    - email: The service account's mail address.
    - service_account_json: The service account's key, its JSON text.
    - project_id: The project's id.
    - host: The address of BigQuery, or of Private Service Connect.
    - port: The source's port, 1 to 65535.
    - connectivity: public, or private for Private Service Connect, which wants a host.

    workload_identity_federation:
    - project_id: The project's id.
    - service_account_email: The mail address of the service account that is acted as.
    - wif_pool_provider_id: The full resource id of the workload identity pool's provider.
    - atlan_oauth_id: The id of the OAuth client at Atlan whose token is exchanged.
    - atlan_oauth_secret: The secret of the OAuth client at Atlan.
    - host: The address of BigQuery, or of Private Service Connect.
    - port: The source's port, 1 to 65535.
    - connectivity: public, or private for Private Service Connect, which wants a host.
  EOT
  type = object({
    service_account = optional(object({
      email                = string
      service_account_json = string
      project_id           = string
      host                 = optional(string, "https://bigquery.googleapis.com")
      port                 = optional(number, 443)
      connectivity         = optional(string, "public")
    }))
    workload_identity_federation = optional(object({
      project_id            = string
      service_account_email = string
      wif_pool_provider_id  = string
      atlan_oauth_id        = string
      atlan_oauth_secret    = string
      host                  = optional(string, "https://bigquery.googleapis.com")
      port                  = optional(number, 443)
      connectivity          = optional(string, "public")
    }))
  })
  default   = {}
  nullable  = false
  sensitive = true
  ephemeral = true

  validation {
    condition     = !local.signs_in || length([for way in values(var.credential) : way if way != null]) > 0
    error_message = "A workflow with a new connection must sign in to its source: set one of service_account, workload_identity_federation. If the workflow has a connection already, set its connection.qualified_name."
  }

  validation {
    condition     = length([for way in values(var.credential) : way if way != null]) <= 1
    error_message = "There is one credential: set one of service_account, workload_identity_federation, not several."
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

variable "temp_table_regex" {
  description = "A regular expression; tables and views that match it are left out."
  type        = string
  default     = ""
}

variable "enable_nested_columns" {
  description = "Whether to import nested columns."
  type        = bool
  default     = true
}

variable "enable_bigquery_tag_sync" {
  description = "Whether to import tags."
  type        = bool
  default     = false
}

variable "filter_sharded_tables" {
  description = "Whether to combine sharded tables of one prefix into one asset."
  type        = bool
  default     = true
}

variable "hidden_datasets" {
  description = "Whether to crawl hidden datasets."
  type        = bool
  default     = false
}

variable "control_config_strategy" {
  description = "\"custom\" makes what is set in control_config count."
  type        = string
  default     = "default"
}

variable "control_config" {
  description = "Experimental settings, as JSON text: jsonencode({ … })."
  type        = string
  default     = "{}"

  validation {
    condition     = var.control_config == null ? true : can(jsondecode(var.control_config))
    error_message = "control_config is JSON text: write it as jsonencode({ … })."
  }
}

variable "preflight_check" {
  description = "What the web UI's check before a run left behind."
  type        = string
  default     = ""
}

# Inputs that the web UI submits without showing them.

variable "atlas_auth_type" {
  description = "How the app signs in at the catalog."
  type        = string
  default     = "internal"
}

variable "list_datasets_per_chunk" {
  description = "How many datasets one chunk lists."
  type        = number
  default     = 50

  validation {
    condition     = var.list_datasets_per_chunk == null ? true : var.list_datasets_per_chunk >= 0 && floor(var.list_datasets_per_chunk) == var.list_datasets_per_chunk
    error_message = "list_datasets_per_chunk is a whole number of 0 or more."
  }
}

variable "mapping_chunk_size" {
  description = "How many assets one chunk maps."
  type        = number
  default     = 1000

  validation {
    condition     = var.mapping_chunk_size == null ? true : var.mapping_chunk_size >= 0 && floor(var.mapping_chunk_size) == var.mapping_chunk_size
    error_message = "mapping_chunk_size is a whole number of 0 or more."
  }
}

variable "extract_output_chuck_size" {
  description = "The number of rows in one file of the extract."
  type        = number
  default     = 50000

  validation {
    condition     = var.extract_output_chuck_size == null ? true : var.extract_output_chuck_size >= 0 && floor(var.extract_output_chuck_size) == var.extract_output_chuck_size
    error_message = "extract_output_chuck_size is a whole number of 0 or more."
  }
}

variable "max_concurrent_activities" {
  description = "How many activities run at once."
  type        = number
  default     = 15

  validation {
    condition     = var.max_concurrent_activities == null ? true : var.max_concurrent_activities >= 0 && floor(var.max_concurrent_activities) == var.max_concurrent_activities
    error_message = "max_concurrent_activities is a whole number of 0 or more."
  }
}

variable "max_activities_per_execution" {
  description = "How many activities one execution may have."
  type        = number
  default     = 300

  validation {
    condition     = var.max_activities_per_execution == null ? true : var.max_activities_per_execution >= 0 && floor(var.max_activities_per_execution) == var.max_activities_per_execution
    error_message = "max_activities_per_execution is a whole number of 0 or more."
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
