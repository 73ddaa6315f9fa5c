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

variable "connection_made_at" {
  description = "The second the connection was first written down, as Unix time. It is part of the connection's identity, so it stays as it is."
  type        = number
  default     = 1735689600
}
