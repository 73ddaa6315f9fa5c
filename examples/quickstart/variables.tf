variable "name" {
  description = "What the workflow and its connection are called. A workflow's name is unique in a tenant."
  type        = string
  default     = "bigquery-production"
}

variable "admin_users" {
  description = "The users who administer the connection; at least one."
  type        = list(string)
  default     = ["admin"]
}
