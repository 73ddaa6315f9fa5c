"""Errors of a schedule, as a user reads them."""

from provider.client.responses import Trigger
from provider.resources.schedule import errors
from tests.support.schedule_resource import SLUG

TRIGGERS = [Trigger(trigger_id=each) for each in ("a", "b")]


def test_several_triggers_to_adopt_are_named() -> None:
    """The error is on the attribute, and says how to import one of them."""
    error = errors.several_to_adopt(SLUG, TRIGGERS)
    assert ["adopt_existing"] == error.path
    assert [] == [each for each in ("a and b", f"{SLUG}/<trigger id>") if each not in error.detail]
