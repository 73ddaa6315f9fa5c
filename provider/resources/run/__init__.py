"""The resource ``atlan_app_run``."""
