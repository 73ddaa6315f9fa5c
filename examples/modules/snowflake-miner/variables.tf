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
    - qualified_name: its qualified name, such as default/snowflake/1735689600.
    - name: its name, if the tenant does not return it.
  EOT
  type = object({
    qualified_name = string
    name           = optional(string)
  })
  nullable = false

  validation {
    condition     = can(regex("^default/[^/[:space:]]+/[^/[:space:]]+$", var.connection.qualified_name))
    error_message = "qualified_name has three segments, such as default/snowflake/1735689600."
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

variable "snowflake_database" {
  description = "Whether the query history is read from Snowflake's own database or from a clone. One of default, cloned."
  type        = string
  default     = "default"

  validation {
    condition     = var.snowflake_database == null ? true : contains(["default", "cloned"], var.snowflake_database)
    error_message = "snowflake_database is one of default, cloned."
  }
}

variable "database_name" {
  description = "The Snowflake database that contains the query history."
  type        = string
  default     = "SNOWFLAKE"
}

variable "schema_name" {
  description = "The schema that contains the account usage views."
  type        = string
  default     = "ACCOUNT_USAGE"
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

variable "preflight_check" {
  description = "What the web UI's check before a run left behind."
  type        = string
  default     = ""
}

variable "calculate_popularity" {
  description = "Whether to work out how popular assets are from the query history."
  type        = bool
  default     = true
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

# Inputs that the web UI submits without showing them.

variable "extract_strategy" {
  description = "How the app extracts."
  type        = string
  default     = "miner"
}

variable "native_lineage_active" {
  description = "Whether the source's own lineage is read."
  type        = bool
  default     = false
}

variable "indirect_lineage" {
  description = "Whether to include indirect lineage."
  type        = bool
  default     = false
}

variable "ignore_orphans" {
  description = "Whether to ignore orphans."
  type        = bool
  default     = false
}

variable "enable_sharded" {
  description = "Whether to take sharded tables for one."
  type        = bool
  default     = false
}

variable "enable_parent_job_scoping" {
  description = "Whether to scope by the parent job."
  type        = bool
  default     = false
}

variable "enable_fallback_match" {
  description = "Whether to fall back to a looser match."
  type        = bool
  default     = true
}

variable "include_indirect_column_relations" {
  description = "Whether to include indirect relations of columns."
  type        = bool
  default     = false
}

variable "process_routines" {
  description = "Whether to process routines."
  type        = bool
  default     = true
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
