"""The statuses of a run (the service's fact). No others are known; what is not terminal may still change.

This module imports nothing, for a launch that only answers the schema loads it.
"""

ACTIVE_STATUSES = ("Pending", "Running", "Paused")
TERMINAL_STATUSES = ("Succeeded", "Failed", "Stopped", "Terminated", "Skipped")
SUCCESS = "Succeeded"
