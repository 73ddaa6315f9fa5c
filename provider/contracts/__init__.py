"""Input contracts: what an app takes, as a JSON Schema, and what is wrong with inputs.

Source: ``GET v1/apps/{app_id}/inputs``. A contract belongs to an entrypoint. An app may have registered it only at its
default slot; then the service answers code 1003 for the name of the entrypoint.
"""
