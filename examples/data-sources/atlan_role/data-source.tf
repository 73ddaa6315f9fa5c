data "atlan_role" "admin" {
  name = "$admin"
}

# A value for admin_roles of a connection
output "admin_role_guid" {
  value = data.atlan_role.admin.id
}
