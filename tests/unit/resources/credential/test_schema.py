"""The schema and its state."""

from provider.resources.credential.schema import SCHEMA, CredentialState


def test_the_state_has_the_attributes_of_the_schema() -> None:
    """A type checker reads the state, and Terraform reads the schema."""
    assert SCHEMA.by_name.keys() == CredentialState.__required_keys__
