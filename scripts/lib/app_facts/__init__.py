"""Facts about every known app, and the configurations that a user could write for it.

Each module imports only the modules before it: `apps` (facts), `filters`, `inputs`, `credentials` and `workflows`
(plain Python values), `configuration` (the workflows as HCL).
"""
