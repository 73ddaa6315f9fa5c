"""States that are returned: unchanged if possible, and never with a secret."""

from typing import Any

import pytest

from provider.framework import STRING, Attribute, Nested, Schema
from provider.framework.protocol import codec, messages, values

KEY = Attribute("key_wo", STRING, optional=True, write_only=True, description="A key.")
SCHEMA = Schema(
    [
        Attribute("name", STRING, optional=True, description="A name."),
        Attribute("secret_wo", STRING, optional=True, write_only=True, description="A secret."),
        Attribute("owner", nested=Nested("SINGLE", [KEY]), optional=True, description="An owner."),
    ],
    description="A thing.",
)
EMPTY: dict[str, Any] = dict.fromkeys(SCHEMA.by_name)


def received(state: dict[str, Any]) -> values.Received:
    """Return a state as Terraform sends it."""
    return values.receive(SCHEMA, messages.message("DynamicValue")(msgpack=codec.pack(EMPTY | state)))


def test_a_state_that_a_read_hands_back_is_sent_as_it_came() -> None:
    """The message is the received one."""
    current = received({"name": "a"})
    assert current.message is values.encode(SCHEMA, current.state, [].extend, current)


@pytest.mark.parametrize("held", [{"secret_wo": "x"}, {"owner": {"key_wo": "x"}}], ids=["its own", "nested"])
def test_a_secret_that_stands_in_a_state_is_not_handed_back(held: dict[str, Any]) -> None:
    """A secret in a received state becomes null with the next read."""
    current = received(held)
    sent = values.receive(SCHEMA, values.encode(SCHEMA, current.state, [].extend, current))
    assert EMPTY | ({"owner": {"key_wo": None}} if "owner" in held else {}) == sent.state
