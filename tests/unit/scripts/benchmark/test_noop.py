"""The provider that does nothing has the attributes of atlan_app."""

import json

from provider.resources.app.schema import SCHEMA
from scripts.lib.benchmark import noop


def test_the_noop_provider_carries_the_same_values() -> None:
    """The attributes have the names and types of atlan_app's, so that Terraform does the same work."""
    ours = {name: json.dumps(each.cty, sort_keys=True) for name, each in SCHEMA.by_name.items()}
    others = {each.name: json.loads(each.type.tf_type()) for each in noop.App.get_schema().attributes}
    assert ours == {name: json.dumps(ty, sort_keys=True) for name, ty in others.items()}
