# By the workflow's slug, a slash, and the trigger's id
terraform import atlan_app_schedule.weekdays snowflake-production-AbC123/trigger-1
