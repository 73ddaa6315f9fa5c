# By slug; data.atlan_apps lists the slugs
terraform import atlan_app.snowflake snowflake-production-AbC123

# By name
terraform import atlan_app.snowflake 'name:snowflake-production'
