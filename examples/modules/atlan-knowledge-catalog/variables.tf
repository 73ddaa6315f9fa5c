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
    - qualified_name: an existing one, such as default/dataplex/1735689600.
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
    error_message = "qualified_name has three segments, such as default/dataplex/1735689600."
  }
}

variable "credential" {
  description = <<-EOT
    How to sign in to the source, in one of these ways. No plan and no state contains any of it.

    basic:
    - service_account_json: The service account's key, its JSON text.
    - project_id: The project's id.
    - network_connectivity: public, or private for Private Service Connect.
    - psc_host: The host of Private Service Connect.

    gcp_wif:
    - service_account_email: The mail address of the service account that is acted as.
    - wif_pool_provider_id: The full resource id of the workload identity pool's provider.
    - atlan_oauth_id: The id of the OAuth client at Atlan whose token is exchanged.
    - atlan_oauth_secret: The secret of the OAuth client at Atlan.
    - project_id: The project's id.
    - network_connectivity: public, or private for Private Service Connect.
    - psc_host: The host of Private Service Connect.
  EOT
  type = object({
    basic = optional(object({
      service_account_json = string
      project_id           = string
      network_connectivity = optional(string)
      psc_host             = optional(string)
    }))
    gcp_wif = optional(object({
      service_account_email = string
      wif_pool_provider_id  = string
      atlan_oauth_id        = string
      atlan_oauth_secret    = string
      project_id            = string
      network_connectivity  = optional(string)
      psc_host              = optional(string)
    }))
  })
  default   = {}
  nullable  = false
  sensitive = true
  ephemeral = true

  validation {
    condition     = !local.signs_in || length([for way in values(var.credential) : way if way != null]) > 0
    error_message = "A workflow with a new connection must sign in to its source: set one of basic, gcp_wif. If the workflow has a connection already, set its connection.qualified_name."
  }

  validation {
    condition     = length([for way in values(var.credential) : way if way != null]) <= 1
    error_message = "There is one credential: set one of basic, gcp_wif, not several."
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

variable "include_projects" {
  description = "The projects to crawl, all that can be reached if none is named. An object by id, as the web UI submits it."
  type        = any
  default     = {}

  validation {
    condition     = var.include_projects == null ? true : can(keys(var.include_projects))
    error_message = "include_projects is an object."
  }
}

variable "exclude_projects" {
  description = "The projects to leave out. An object by id, as the web UI submits it."
  type        = any
  default     = {}

  validation {
    condition     = var.exclude_projects == null ? true : can(keys(var.exclude_projects))
    error_message = "exclude_projects is an object."
  }
}

variable "include_aspect_types" {
  description = "The aspect types to crawl, all of them if none is named. An object by id, as the web UI submits it."
  type        = any
  default     = {}

  validation {
    condition     = var.include_aspect_types == null ? true : can(keys(var.include_aspect_types))
    error_message = "include_aspect_types is an object."
  }
}

variable "exclude_aspect_types" {
  description = "The aspect types to leave out. An object by id, as the web UI submits it."
  type        = any
  default     = {}

  validation {
    condition     = var.exclude_aspect_types == null ? true : can(keys(var.exclude_aspect_types))
    error_message = "exclude_aspect_types is an object."
  }
}

variable "ingest_aspects" {
  description = "Whether to take in the metadata of aspects. One of yes, no."
  type        = string
  default     = "no"

  validation {
    condition     = var.ingest_aspects == null ? true : contains(["yes", "no"], var.ingest_aspects)
    error_message = "ingest_aspects is one of yes, no."
  }
}

variable "ingest_dq" {
  description = "Whether to take in the results of data quality scans. One of yes, no."
  type        = string
  default     = "no"

  validation {
    condition     = var.ingest_dq == null ? true : contains(["yes", "no"], var.ingest_dq)
    error_message = "ingest_dq is one of yes, no."
  }
}

variable "ingest_profiling" {
  description = "Whether to take in the results of data profile scans. One of yes, no."
  type        = string
  default     = "no"

  validation {
    condition     = var.ingest_profiling == null ? true : contains(["yes", "no"], var.ingest_profiling)
    error_message = "ingest_profiling is one of yes, no."
  }
}

variable "preflight_check" {
  description = "What the web UI's check before a run left behind."
  type        = string
  default     = ""
}

# Inputs that the web UI submits without showing them.

variable "enable_aspects_reverse_sync" {
  description = "Whether aspects that change in Atlan are written back."
  type        = string
  default     = "no"
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
