data "atlan_app" "snowflake" {
  name = "snowflake-production"
}

locals {
  # schedules is null if the tenant does not list schedules
  schedules = { for each in coalesce(data.atlan_app.snowflake.schedules, []) : each.trigger_id => each }
}

import {
  for_each = local.schedules
  to       = atlan_app_schedule.snowflake[each.key]
  id       = "${data.atlan_app.snowflake.slug}/${each.key}"
}

resource "atlan_app_schedule" "snowflake" {
  for_each = local.schedules
  slug     = data.atlan_app.snowflake.slug
  cron     = each.value.cron
  timezone = each.value.timezone
}
