"""A local tenant over real HTTP, to try and test configurations without a tenant.

It is a separate program and imports nothing from the rest of the package. `middleware` handles every request first:
authentication, request log, delays and faults. `routes` parse requests and return responses. The modules named after
a noun (`workflows`, `runs`, `schedules`, `credentials`, `connections`, `roles`) contain the rules of the service, and
`database` stores the state. A docstring that says "Chosen here" describes behavior of the service that is not
documented, so the sandbox defines it.
"""
