"""The resource ``atlan_app_schedule``."""
