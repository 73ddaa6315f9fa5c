import {
  to = atlan_app_schedule.weekdays
  id = "snowflake-production-AbC123/trigger-1"
}
