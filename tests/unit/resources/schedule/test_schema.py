"""The schema and its state."""

from provider.resources.schedule.schema import SCHEMA, ScheduleState


def test_the_state_has_the_attributes_of_the_schema() -> None:
    """A type checker reads the state, and Terraform reads the schema."""
    assert SCHEMA.by_name.keys() == ScheduleState.__required_keys__
