"""The attributes of a workflow that a publish reads, for tests of the model."""

from provider.model.published import Published

ATTRIBUTES: Published = {
    "app_id": "example-app",
    "inputs": None,
    "inputs_wo": None,
    "asset_connection": None,
    "credential_wo": None,
    "credential_guid": None,
}
"""A workflow without inputs, connection and credential."""
