variable "name" {
  description = "The name of the workflow and of its connection. The name of a workflow is unique on a tenant."
  type        = string
  default     = "bigquery-production"
}

variable "admin_users" {
  description = "The users who administer the connection. At least one is required."
  type        = list(string)
  default     = ["admin"]
}

variable "bigquery_key" {
  description = "The key of the service account, as JSON. The default is only for a sandbox, which does not use the key."
  type        = string
  default     = "no key"
  sensitive   = true
  ephemeral   = true
}
