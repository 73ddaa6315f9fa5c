"""The HTTP routes. Each route parses a request, calls the tenant, and returns the response."""
