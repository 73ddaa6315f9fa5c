"""The statuses that the service gives a run. A status that is not terminal can still change.

This module imports nothing, because every launch imports this module.
"""

ACTIVE_STATUSES = ("Pending", "Running", "Paused")
TERMINAL_STATUSES = ("Succeeded", "Failed", "Stopped", "Terminated", "Skipped")
SUCCESS = "Succeeded"
