"""The statuses that the service gives a run. An active status can still change, a terminal one cannot.

A status in neither list is not known: it may be final.

This module imports nothing, because every launch imports this module.
"""

ACTIVE_STATUSES = ("Pending", "Running", "Paused")
TERMINAL_STATUSES = ("Succeeded", "Failed", "Error", "Stopped", "Terminated", "Cancelled", "Skipped")
SUCCESS = "Succeeded"
SKIPPED = "Skipped"
