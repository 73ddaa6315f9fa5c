# By slug, which the tenant's address bar shows
terraform import atlan_app.snowflake snowflake-production-AbC123

# By name
terraform import atlan_app.snowflake 'name:snowflake-production'
