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
    - qualified_name: an existing one, such as default/confluent-kafka/1735689600.
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
    error_message = "qualified_name has three segments, such as default/confluent-kafka/1735689600."
  }
}

variable "credential" {
  description = <<-EOT
    How to sign in to the source, in one of these ways. No plan and no state contains any of it.

    basic:
    - host: The source's host.
    - username: The API key.
    - password: The API secret.
    - security_protocol: The protocol, such as SASL_SSL.
    - include_schema_registry: Whether the schema registry is read: true or false.
    - port: The source's port, 1 to 65535.
    - enable_cloud_api: Whether the API of Confluent Cloud is used, for topic sizes and lineage.
    - include_cloud_metrics: An older switch; the input of the same name goes before it.
    - cloud_api_key: The key for the API of Confluent Cloud.
    - cloud_api_secret: The secret of that key.
    - cluster_id: The cluster's id.
    - schema_registry_host: The schema registry's address.
    - schema_registry_username: The schema registry's key.
    - schema_registry_password: The schema registry's secret.
  EOT
  type = object({
    basic = optional(object({
      host                     = string
      username                 = string
      password                 = string
      security_protocol        = string
      include_schema_registry  = string
      port                     = optional(number, 9092)
      enable_cloud_api         = optional(bool)
      include_cloud_metrics    = optional(string)
      cloud_api_key            = optional(string)
      cloud_api_secret         = optional(string)
      cluster_id               = optional(string)
      schema_registry_host     = optional(string)
      schema_registry_username = optional(string)
      schema_registry_password = optional(string)
    }))
  })
  default   = {}
  nullable  = false
  sensitive = true
  ephemeral = true

  validation {
    condition     = !local.signs_in || length([for way in values(var.credential) : way if way != null]) > 0
    error_message = "A workflow with a new connection must sign in to its source: set one of basic. If the workflow has a connection already, set its connection.qualified_name."
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

variable "skip_internal_topics" {
  description = "Whether to leave out Kafka's own topics, such as __consumer_offsets."
  type        = bool
  default     = true
}

variable "exclude_filter" {
  description = "A regular expression; names that match it are left out. It wins over include_filter."
  type        = string
  default     = ""
  nullable    = false
}

variable "include_filter" {
  description = "A regular expression; only topics that match it are crawled."
  type        = string
  default     = ""
  nullable    = false
}

variable "preflight_check" {
  description = "What the web UI's check before a run left behind."
  type        = string
  default     = ""
}

variable "include_cloud_metrics" {
  description = "Whether to collect the size of topics from the metrics API of Confluent Cloud."
  type        = bool
  default     = null
}

variable "include_connect_lineage" {
  description = "Whether to read lineage from the connectors of Confluent Cloud."
  type        = bool
  default     = null
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
