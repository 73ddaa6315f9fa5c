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
