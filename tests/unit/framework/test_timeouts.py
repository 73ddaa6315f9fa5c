"""Durations, and their attribute."""

from typing import Any

import pytest

from provider.framework import Unknown, timeouts


@pytest.mark.parametrize(
    ("duration", "seconds"),
    [("90s", 90.0), ("5m", 300.0), ("1h30m", 5400.0), ("1.5h", 5400.0), ("250ms", 0.25), ("8784h", 8784 * 3600.0)],
)
def test_a_duration_is_so_many_seconds(duration: str, seconds: float) -> None:
    """Durations are written as in Go: numbers with units, one after another."""
    assert seconds == pytest.approx(timeouts.parse(duration))


@pytest.mark.parametrize("duration", ["", "90", "s", "-5m", "5 m", "5m ", "1d", "5M", "1e3s", "5mm", "0s", "0h0m"])
def test_what_is_no_duration_is_refused_with_an_example(duration: str) -> None:
    """The error quotes what was written and shows what to write."""
    with pytest.raises(ValueError, match=r"Write it like \"90s\", \"5m\" or \"1h30m\"\."):
        timeouts.parse(duration)


@pytest.mark.parametrize("duration", ["8785h", "9" * 400 + "s"])
def test_a_duration_that_no_timer_can_hold_is_refused(duration: str) -> None:
    """More than a year is an error here, and not an overflow somewhere below."""
    with pytest.raises(ValueError, match="longer than a year"):
        timeouts.parse(duration)


@pytest.mark.parametrize(
    ("configured", "seconds"),
    [
        (None, None),
        (Unknown, None),
        ({"create": None}, None),
        ({"create": Unknown}, None),
        ({}, None),
        ({"create": "5m"}, 300.0),
    ],
)
def test_an_operation_without_a_known_duration_is_not_bounded(configured: Any, seconds: float | None) -> None:
    """Null, unknown and absent durations, and such a whole attribute, mean no bound."""
    assert seconds == timeouts.seconds({"timeouts": configured}, "create")


def test_every_wrong_duration_is_told_with_its_path() -> None:
    """All wrong durations are reported at once. Null and unknown durations are not reported."""
    config = {"timeouts": {"create": "5", "read": None, "update": Unknown, "delete": "never"}}
    assert [["timeouts", "create"], ["timeouts", "delete"]] == [each.path for each in timeouts.check(config)]
    assert [] == list(timeouts.check({"timeouts": Unknown}))
    assert [] == list(timeouts.check({"timeouts": None}))


def test_the_attribute_has_one_optional_duration_for_each_operation() -> None:
    """The attribute is an optional object of optional strings."""
    attribute = timeouts.attribute(["create", "delete"])
    assert attribute.optional
    assert ["object", {"create": "string", "delete": "string"}] == attribute.cty
