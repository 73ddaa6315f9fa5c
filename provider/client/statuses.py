"""The statuses of runs, and of archived entities. The status of a run that is not terminal can still change.

This module imports nothing, because a launch that only answers the schema loads it.
"""

ACTIVE_STATUSES = ("Pending", "Running", "Paused")
TERMINAL_STATUSES = ("Succeeded", "Failed", "Stopped", "Terminated", "Skipped")
SUCCESS = "Succeeded"

DELETED_STATUS = "DELETED"
"""The status of an archived entity, such as a connection. The service still returns such an entity."""
