"""The triggers of a workflow that are new."""

from typing import Any

import pytest

from provider.client.responses import Trigger
from provider.resources.schedule import siblings
from tests.support.schedule_resource import SLUG, STATE, context, details, trigger, warnings


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        pytest.param(None, ["t", "u", "other"], {"u"}, id="never listed, with the same times"),
        pytest.param([], ["t", "u"], {"u"}, id="a new one"),
        pytest.param([], ["u"], {"u"}, id="in the place of the own one"),
        pytest.param(["u"], ["t", "u"], set(), id="a known one"),
        pytest.param(["old"], ["t", "u"], set(), id="a sibling that was attached again"),
        pytest.param(["old"], ["t", "u", "v"], {"u", "v"}, id="more than were there"),
        pytest.param([], ["t", "stale"], set(), id="its own replaced one"),
        pytest.param([], ["t", "held"], set(), id="that of another state"),
    ],
)
def test_new_triggers(data: Any, before: Any, now: list[str], expected: set[str]) -> None:
    """They are the triggers since the last read that no state contains."""
    data.schedules.add_stored("held")
    private = {} if before is None else {"other_triggers": before}
    assert expected == siblings.new_triggers(
        context(**private, stale_triggers=["stale"]),
        data,
        STATE,
        {each: ("0 6 * * 1", "Asia/Tokyo" if each == "other" else "UTC") for each in now},
    )


@pytest.mark.parametrize(
    ("exists", "text"), [(True, "beside the trigger t of this schedule"), (False, "so an apply adds another one")]
)
def test_a_new_trigger_is_reported_once_and_then_known(data: Any, exists: bool, text: str) -> None:
    """By one of the schedules of its workflow."""
    triggers = [Trigger.model_validate(each) for each in (trigger("t"), trigger("u", cron="0 8 * * *"))]
    contexts = [context(other_triggers=[]) for _ in range(2)]
    for each in contexts:
        siblings.warn_new(each, data, STATE, triggers, exists=exists)
    summary = f"{SLUG} has another trigger: u"
    assert [[summary], []] == [warnings(each) for each in contexts]
    assert "0 8 * * * (UTC)" in details(contexts[0])
    assert text in details(contexts[0])
    assert [{"other_triggers": ["u"]}] * 2 == [each.private for each in contexts]
