"""Errors of a schedule, as a user reads them."""

import pytest

from provider.client.responses import Trigger
from provider.framework import terraform_command
from provider.resources.schedule import errors
from tests.support.schedule_resource import SLUG

TRIGGERS = [Trigger(trigger_id=each) for each in ("a", "b")]


@pytest.mark.parametrize("destroys", [True, False])
def test_a_refusal_does_not_block_a_destroy(monkeypatch: pytest.MonkeyPatch, destroys: bool) -> None:
    """It is a warning then, and an error otherwise."""
    monkeypatch.setattr(terraform_command, "destroys", lambda: destroys)
    assert destroys is not errors.refusal(errors.several_to_adopt(SLUG, TRIGGERS)).is_error


def test_several_triggers_to_adopt_are_named() -> None:
    """The error is on the attribute, and says how to import one of them."""
    error = errors.several_to_adopt(SLUG, TRIGGERS)
    assert ["adopt_existing"] == error.path
    assert [] == [each for each in ("a and b", f"{SLUG}/<trigger id>") if each not in error.detail]
