"""The parts of ``atlan_app_schedule``."""
