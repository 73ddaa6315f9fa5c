"""Input contracts and the check of inputs against them. A contract is the JSON Schema of an app's inputs.

Source: ``GET v1/apps/{app_id}/inputs``. Each entrypoint (operation) of an app can have its own contract. A request
without an entrypoint returns the contract at the default slot. If an app has registered its contract only there, a
request for the contract of an entrypoint fails with code 1003.
"""
