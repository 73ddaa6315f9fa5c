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
    - qualified_name: an existing one, such as default/dbt/1735689600.
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
    error_message = "qualified_name has three segments, such as default/dbt/1735689600."
  }
}

variable "credential" {
  description = <<-EOT
    How to sign in: api to dbt Cloud, one of the others to an object store.
    The secrets of each are in credential_secrets.

    api:
    - host: The source's host.
    - port: The source's port, 1 to 65535.

    aws:
    - bucket: The bucket's name.
    - prefix: The path in the bucket.
    - region: The region, such as eu-central-1.
    - object_store_access_type: How the object store is signed in to.
    - aws_role_arn: The role's ARN, such as arn:aws:iam::123456789012:role/atlan.

    gcp:
    - project_id: The project's id.
    - bucket: The bucket's name.
    - prefix: The path in the bucket.
    - object_store_access_type: How the object store is signed in to.

    azure:
    - tenant_id: The Microsoft Entra tenant's id.
    - client_id: The client's id.
    - account_name: The storage account.
    - bucket: The container's name.
    - prefix: The path in the bucket.
    - object_store_access_type: How the object store is signed in to.
  EOT
  type = object({
    api = optional(object({
      host = optional(string, "https://cloud.getdbt.com")
      port = optional(number, 443)
    }))
    aws = optional(object({
      bucket                   = string
      prefix                   = string
      region                   = string
      object_store_access_type = optional(string)
      aws_role_arn             = optional(string)
    }))
    gcp = optional(object({
      project_id               = string
      bucket                   = string
      prefix                   = string
      object_store_access_type = optional(string)
    }))
    azure = optional(object({
      tenant_id                = string
      client_id                = string
      account_name             = string
      bucket                   = string
      prefix                   = string
      object_store_access_type = optional(string)
    }))
  })
  default  = {}
  nullable = false

  validation {
    condition     = !local.signs_in || length([for way in values(var.credential) : way if way != null]) > 0
    error_message = "A workflow with a new connection must sign in to its source: set one of api, aws, gcp, azure. If the workflow has a connection already, set its connection.qualified_name."
  }

  validation {
    condition     = length([for way in [var.credential.aws, var.credential.gcp, var.credential.azure] : way if way != null]) <= 1
    error_message = "There is one credential: set one of aws, gcp, azure, not several."
  }

  validation {
    condition     = alltrue([for way in [var.credential.api] : way == null ? true : way.port >= 1 && way.port <= 65535 && floor(way.port) == way.port])
    error_message = "port is a whole number from 1 to 65535."
  }
}

variable "credential_secrets" {
  description = <<-EOT
    The secrets for the way in credential, by the same name. No plan and no state contains them.

    api:
    - password: The API token.

    gcp:
    - service_account_json: The service account's key, its JSON text.

    azure:
    - client_secret: The client's secret.
  EOT
  type = object({
    api = optional(object({
      password = string
    }))
    gcp = optional(object({
      service_account_json = string
    }))
    azure = optional(object({
      client_secret = string
    }))
  })
  default   = {}
  nullable  = false
  sensitive = true
  ephemeral = true

  validation {
    condition     = var.credential.api == null || var.credential_secrets.api != null
    error_message = "credential has api: set its secrets here, in api too."
  }

  validation {
    condition     = var.credential.gcp == null || var.credential_secrets.gcp != null
    error_message = "credential has gcp: set its secrets here, in gcp too."
  }

  validation {
    condition     = var.credential.azure == null || var.credential_secrets.azure != null
    error_message = "credential has azure: set its secrets here, in azure too."
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

variable "api_credential_guid" {
  description = "The guid of a stored credential for api_credential_guid, instead of the one in credential."
  type        = string
  default     = null
}

variable "object_store_credential_guid" {
  description = "The guid of a stored credential for object_store_credential_guid, instead of the one in credential."
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

variable "extraction_type" {
  description = "Where metadata is read from: dbt Cloud (api), or artifacts in an object store (objectstore). One of api, objectstore."
  type        = string
  default     = "api"

  validation {
    condition     = var.extraction_type == null ? true : contains(["api", "objectstore"], var.extraction_type)
    error_message = "extraction_type is one of api, objectstore."
  }
}

variable "manifest_source" {
  description = "The object store of the artifacts: Atlan's, or another (external). One of atlan, external."
  type        = string
  default     = "atlan"

  validation {
    condition     = var.manifest_source == null ? true : contains(["atlan", "external"], var.manifest_source)
    error_message = "manifest_source is one of atlan, external."
  }
}

variable "core_extract_output_prefix" {
  description = "The path of the dbt artifacts in the object store, such as dbt/artifacts/metadata."
  type        = string
  default     = ""
}

variable "include_filter" {
  description = "What to crawl. Projects and jobs, an object or its JSON text, as the web UI submits it."
  type        = any
  default     = "{}"
  nullable    = false

  validation {
    condition     = can(keys(try(jsondecode(var.include_filter), var.include_filter)))
    error_message = "include_filter is an object or its JSON text."
  }
}

variable "exclude_filter" {
  description = "What to leave out. Projects and jobs, an object or its JSON text, as the web UI submits it. It wins over include_filter."
  type        = any
  default     = "{}"
  nullable    = false

  validation {
    condition     = can(keys(try(jsondecode(var.exclude_filter), var.exclude_filter)))
    error_message = "exclude_filter is an object or its JSON text."
  }
}

variable "include_filter_core" {
  description = "Folders to take from an object store: patterns with | between them, * for all."
  type        = string
  default     = "*"
}

variable "exclude_filter_core" {
  description = "Folders to leave out of an object store: patterns with | between them, * for none."
  type        = string
  default     = "*"
}

variable "enable_dbt_tagsync" {
  description = "Whether dbt's tags become tags of Atlan, and not attributes."
  type        = bool
  default     = false
}

variable "advanced_options_config" {
  description = "Whether the advanced options count."
  type        = bool
  default     = false
}

variable "enrich_materialised_sql_assets" {
  description = "Whether to enrich what dbt materializes, and not dbt's own assets alone."
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
