data "atlan_marketplace_apps" "native" {
  native = true
}

# The possible values of atlan_app.app_id, with their labels
output "app_ids" {
  value = { for app in data.atlan_marketplace_apps.native.apps : app.id => app.name }
}
