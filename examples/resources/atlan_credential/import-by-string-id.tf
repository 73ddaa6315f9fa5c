# The service never returns secrets. If secret_wo_version is set, the next apply sends the configured ones.
import {
  to = atlan_credential.dbt
  id = "5c7a1e0e-0000-4000-8000-000000000001"
}
