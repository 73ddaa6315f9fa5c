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
    - qualified_name: its qualified name, such as default/databricks/1735689600.
    - name: its name, if the tenant does not return it.
  EOT
  type = object({
    qualified_name = string
    name           = optional(string)
  })
  nullable = false

  validation {
    condition     = can(regex("^default/[^/[:space:]]+/[^/[:space:]]+$", var.connection.qualified_name))
    error_message = "qualified_name has three segments, such as default/databricks/1735689600."
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

variable "extract_strategy" {
  description = "Where lineage is read from: system tables, or nowhere (offline). One of system-table, offline."
  type        = string
  default     = "system-table"

  validation {
    condition     = var.extract_strategy == null ? true : contains(["system-table", "offline"], var.extract_strategy)
    error_message = "extract_strategy is one of system-table, offline."
  }
}

variable "extraction_catalog_type_lineage" {
  description = "Whether lineage is read from the system catalog or from a cloned schema. One of system-table, cloned-schema."
  type        = string
  default     = "system-table"

  validation {
    condition     = var.extraction_catalog_type_lineage == null ? true : contains(["system-table", "cloned-schema"], var.extraction_catalog_type_lineage)
    error_message = "extraction_catalog_type_lineage is one of system-table, cloned-schema."
  }
}

variable "cloned_catalog_name_lineage" {
  description = "The catalog that contains the cloned schema for lineage."
  type        = string
  default     = "system"
}

variable "cloned_schema_name_lineage" {
  description = "The schema that contains the cloned tables for lineage."
  type        = string
  default     = "access"
}

variable "sql_warehouse" {
  description = "The id of the SQL warehouse that lineage is read with."
  type        = string
  default     = ""
}

variable "path_level_lineage" {
  description = "Whether to follow lineage to the paths of files."
  type        = bool
  default     = false
}

variable "calculate_popularity" {
  description = "Whether to work out how popular assets are from the query history."
  type        = bool
  default     = false
}

variable "extraction_catalog_type_popularity" {
  description = "Whether popularity is read from the system catalog or from a cloned schema. One of system-table, cloned-schema."
  type        = string
  default     = "system-table"

  validation {
    condition     = var.extraction_catalog_type_popularity == null ? true : contains(["system-table", "cloned-schema"], var.extraction_catalog_type_popularity)
    error_message = "extraction_catalog_type_popularity is one of system-table, cloned-schema."
  }
}

variable "cloned_catalog_name_popularity" {
  description = "The catalog that contains the cloned schema for popularity."
  type        = string
  default     = "system"
}

variable "cloned_schema_name_popularity" {
  description = "The schema that contains the cloned tables for popularity."
  type        = string
  default     = "query"
}

variable "popularity_window_days" {
  description = "How many days of history count as popularity, 1 to 30."
  type        = number
  default     = 30

  validation {
    condition     = var.popularity_window_days == null ? true : var.popularity_window_days >= 1 && var.popularity_window_days <= 30 && floor(var.popularity_window_days) == var.popularity_window_days
    error_message = "popularity_window_days is a whole number from 1 to 30."
  }
}

variable "popularity_exclude_user_config" {
  description = "Users whose queries do not count as popularity."
  type        = list(string)
  default     = []
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

variable "sql_warehouse_popularity" {
  description = "The id of the SQL warehouse that popularity is read with."
  type        = string
  default     = ""
}

# Inputs that the web UI submits without showing them.

variable "miner_lookback_days" {
  description = "How many days to look back."
  type        = number
  default     = 30

  validation {
    condition     = var.miner_lookback_days == null ? true : var.miner_lookback_days >= 0 && floor(var.miner_lookback_days) == var.miner_lookback_days
    error_message = "miner_lookback_days is a whole number of 0 or more."
  }
}

variable "miner_chunk_interval_hours" {
  description = "The hours of history in one chunk; 0 leaves the number to the app."
  type        = number
  default     = 0

  validation {
    condition     = var.miner_chunk_interval_hours == null ? true : var.miner_chunk_interval_hours >= 0 && floor(var.miner_chunk_interval_hours) == var.miner_chunk_interval_hours
    error_message = "miner_chunk_interval_hours is a whole number of 0 or more."
  }
}

variable "miner_max_concurrent_activities" {
  description = "How many activities run at once."
  type        = number
  default     = 20

  validation {
    condition     = var.miner_max_concurrent_activities == null ? true : var.miner_max_concurrent_activities >= 0 && floor(var.miner_max_concurrent_activities) == var.miner_max_concurrent_activities
    error_message = "miner_max_concurrent_activities is a whole number of 0 or more."
  }
}

variable "miner_wave_size" {
  description = "The number of chunks in one wave."
  type        = number
  default     = 50

  validation {
    condition     = var.miner_wave_size == null ? true : var.miner_wave_size >= 0 && floor(var.miner_wave_size) == var.miner_wave_size
    error_message = "miner_wave_size is a whole number of 0 or more."
  }
}

variable "miner_wave_concurrency" {
  description = "How many waves run at once."
  type        = number
  default     = 10

  validation {
    condition     = var.miner_wave_concurrency == null ? true : var.miner_wave_concurrency >= 0 && floor(var.miner_wave_concurrency) == var.miner_wave_concurrency
    error_message = "miner_wave_concurrency is a whole number of 0 or more."
  }
}

variable "preflight_context" {
  description = "The context of the check before a run."
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
