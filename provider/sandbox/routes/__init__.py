"""The HTTP surface: every route parses, asks the tenant, and formats."""
