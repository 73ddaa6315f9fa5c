# By the id of the run
terraform import atlan_app_run.now 8f14e45f-ceea-467f-a0e6-3f1c2d4b5a69
