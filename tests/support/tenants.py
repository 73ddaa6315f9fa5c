"""The tenant in private state, for tests of resources without Terraform."""

from typing import Final

ON_TENANT: Final = {"tenant": "example.atlan.com"}
"""Private state of an object whose tenant is known."""
