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
    - qualified_name: its qualified name, such as default/bigquery/1735689600.
    - name: its name, if the tenant does not return it.
  EOT
  type = object({
    qualified_name = string
    name           = optional(string)
  })
  nullable = false

  validation {
    condition     = can(regex("^default/[^/[:space:]]+/[^/[:space:]]+$", var.connection.qualified_name))
    error_message = "qualified_name has three segments, such as default/bigquery/1735689600."
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

variable "region_strategy" {
  description = "\"custom\" makes what is set in region count. One of default, custom."
  type        = string
  default     = "default"

  validation {
    condition     = var.region_strategy == null ? true : contains(["default", "custom"], var.region_strategy)
    error_message = "region_strategy is one of default, custom."
  }
}

variable "region" {
  description = "The BigQuery region to mine, such as region-eu."
  type        = string
  default     = "region-us"
}

variable "fetch_all_projects_query_history" {
  description = "Whether to mine projects too that the crawler leaves out."
  type        = bool
  default     = false
}

variable "calculate_popularity" {
  description = "Whether to work out how popular assets are from the query history."
  type        = bool
  default     = true
}

variable "pricing_model" {
  description = "How BigQuery bills the queries. One of on-demand, flat-rate."
  type        = string
  default     = "on-demand"

  validation {
    condition     = var.pricing_model == null ? true : contains(["on-demand", "flat-rate"], var.pricing_model)
    error_message = "pricing_model is one of on-demand, flat-rate."
  }
}

variable "billing_strategy" {
  description = "Where the jobs that read the query history run and are billed; not which projects are mined. One of central, distributed."
  type        = string
  default     = "central"

  validation {
    condition     = var.billing_strategy == null ? true : contains(["central", "distributed"], var.billing_strategy)
    error_message = "billing_strategy is one of central, distributed."
  }
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
  default     = "{}"

  validation {
    condition     = var.control_config == null ? true : can(jsondecode(var.control_config))
    error_message = "control_config is JSON text: write it as jsonencode({ … })."
  }
}

# Inputs that the web UI submits without showing them.

variable "chunk_interval_hours" {
  description = "The hours of history in one chunk; 0 leaves the number to the app."
  type        = number
  default     = 0

  validation {
    condition     = var.chunk_interval_hours == null ? true : var.chunk_interval_hours >= 0 && floor(var.chunk_interval_hours) == var.chunk_interval_hours
    error_message = "chunk_interval_hours is a whole number of 0 or more."
  }
}

variable "enable_continue_as_new" {
  description = "Whether long executions are continued as new ones."
  type        = bool
  default     = false
}

variable "max_concurrent_activities" {
  description = "How many activities run at once."
  type        = number
  default     = 50

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

variable "schedule_to_start_timeout_secs" {
  description = "How many seconds an activity may wait for its start."
  type        = number
  default     = 10800

  validation {
    condition     = var.schedule_to_start_timeout_secs == null ? true : var.schedule_to_start_timeout_secs >= 0 && floor(var.schedule_to_start_timeout_secs) == var.schedule_to_start_timeout_secs
    error_message = "schedule_to_start_timeout_secs is a whole number of 0 or more."
  }
}

variable "sql_pandas_batch_size" {
  description = "The number of rows in one batch of a query."
  type        = number
  default     = 6000

  validation {
    condition     = var.sql_pandas_batch_size == null ? true : var.sql_pandas_batch_size >= 0 && floor(var.sql_pandas_batch_size) == var.sql_pandas_batch_size
    error_message = "sql_pandas_batch_size is a whole number of 0 or more."
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
