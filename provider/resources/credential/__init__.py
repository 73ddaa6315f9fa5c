"""The resource ``atlan_credential``."""
