data "atlan_role" "admin" {
  name = "$admin"
}

# What a connection's adminRoles takes
output "admin_role_guid" {
  value = data.atlan_role.admin.id
}
