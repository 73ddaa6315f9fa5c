"""The schema of ``atlan_app`` and the type of its state."""

from provider.resources.app.schema import SCHEMA, AppState, new_state


def test_a_state_has_each_attribute_of_the_schema() -> None:
    """The type as well as a new state."""
    assert SCHEMA.by_name.keys() == AppState.__required_keys__
    assert SCHEMA.by_name.keys() == new_state("a", None, None).keys()


def test_a_new_state_knows_the_identity_alone() -> None:
    """All else is null."""
    known = {name: value for name, value in new_state("a", "app", "name").items() if value is not None}
    assert {"id": "a", "slug": "a", "app_id": "app", "name": "name"} == known
