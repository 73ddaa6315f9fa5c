import {
  to = atlan_app_run.now
  id = "8f14e45f-ceea-467f-a0e6-3f1c2d4b5a69"
}
