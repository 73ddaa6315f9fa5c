# By slug, such as data.atlan_apps lists it
terraform import atlan_app.snowflake snowflake-production-AbC123

# By name
terraform import atlan_app.snowflake 'name:snowflake-production'
