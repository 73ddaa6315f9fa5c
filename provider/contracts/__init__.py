"""Input contracts: the JSON Schema of an app's inputs, and the check of inputs against it.

Source: ``GET v1/apps/{app_id}/inputs``. Each entrypoint of an app can have its own contract. If an app has registered
its contract only at the default slot, a request for the entrypoint's contract fails with code 1003.
"""
