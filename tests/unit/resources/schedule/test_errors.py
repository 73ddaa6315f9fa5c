"""Errors of a schedule, as a user reads them."""

import pytest

from provider.client.errors import AtlanError, NoAnswer, ServerError, UnusableAnswer
from provider.client.responses import Trigger
from provider.resources.schedule import errors
from tests.support.schedule_resource import SLUG

TRIGGERS = [Trigger(trigger_id=each) for each in ("a", "b")]


def test_several_triggers_to_adopt_are_named() -> None:
    """The error is on the attribute, and says how to import one of them."""
    error = errors.several_to_adopt(SLUG, TRIGGERS)
    assert ["adopt_existing"] == error.path
    assert [] == [each for each in ("a and b", f"{SLUG}/<trigger id>") if each not in error.detail]


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (NoAnswer("no answer in time"), "A trigger may exist"),
        (ServerError("a page", status=502), "A trigger may exist"),
        (ServerError("a page", status=504), "A trigger may exist"),
        (ServerError("not now", status=500), "was not added"),
        (UnusableAnswer("broken JSON", status=200), "was not added"),
    ],
    ids=str,
)
def test_a_trigger_that_is_not_found_may_still_be_added_unless_the_service_answered(
    error: AtlanError, expected: str
) -> None:
    """A slow service adds the trigger after the search for it."""
    assert expected in errors.not_recovered(SLUG, [], error).summary
