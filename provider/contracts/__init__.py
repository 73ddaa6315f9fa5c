"""Input contracts and the check of inputs against them. A contract is the JSON Schema of an app's inputs.

Source: ``GET v1/apps/{app_id}/inputs``. Each entrypoint (operation) of an app can have its own contract. If an app has
registered its contract only at the default slot, a request for the entrypoint's contract fails with code 1003.
"""
