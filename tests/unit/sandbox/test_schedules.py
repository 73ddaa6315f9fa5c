"""Schedules: which cron expressions and timezones are accepted, and how triggers are removed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.sandbox_service import APP, Service

NINE = "0 9 * * *"


@pytest.mark.parametrize("timezone", ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires"])
@pytest.mark.parametrize("cron", [NINE, "*/15 0-6 1,15 * MON-FRI", "59 23 31 12 7"])
def test_a_schedule_is_attached(service: Service, cron: str, timezone: str) -> None:
    """The trigger is returned and stored as it was sent, and a read of the workflow does not contain it."""
    slug = service.slug()
    added = service.call("POST", f"{APP}/{slug}/schedule", {"cron": cron, "timezone": timezone}).json
    assert {"trigger_id": added["trigger_id"], "cron": cron, "timezone": timezone} == added
    assert [added] == service.sandbox.workflows()[0]["schedules"]
    assert service.get(slug).json["schedules"] is None


def test_a_timezone_that_is_left_out_is_utc(service: Service) -> None:
    """A missing timezone is UTC, in a create too."""
    slug = service.slug(schedule={"cron": NINE})
    assert "UTC" == service.call("POST", f"{APP}/{slug}/schedule", {"cron": NINE}).json["timezone"]
    assert ["UTC", "UTC"] == [one["timezone"] for one in service.sandbox.workflows()[0]["schedules"]]


@pytest.mark.parametrize(
    "body",
    [
        {"cron": NINE, "timezone": None},
        {"cron": NINE, "timezone": ""},
        {"cron": NINE, "timezone": "Nowhere/Land"},
        {"cron": NINE, "timezone": "Europe"},
        {"cron": NINE, "timezone": "../../etc/passwd"},
        {"cron": NINE, "nonsense": 1},
        {"cron": None, "timezone": "UTC"},
        {"cron": "", "timezone": "UTC"},
        {"cron": "@daily", "timezone": "UTC"},
        {"cron": "0 9 * *", "timezone": "UTC"},
        {"cron": "0 0 9 * * *", "timezone": "UTC"},
        {"cron": "61 9 * * *", "timezone": "UTC"},
        {"cron": "every day", "timezone": "UTC"},
        {"timezone": "UTC"},
        {},
    ],
)
def test_an_invalid_schedule_is_refused(service: Service, body: dict[str, Any]) -> None:
    """A bad cron or timezone returns a 400 with a cause, and no trigger is attached."""
    slug = service.slug()
    answer = service.call("POST", f"{APP}/{slug}/schedule", body)
    assert 400 == answer.status
    assert answer.json["causes"]
    assert [] == service.sandbox.workflows()[0]["schedules"]


def test_both_cron_and_timezone_are_reported(service: Service) -> None:
    """One response contains both mistakes."""
    answer = service.call("POST", f"{APP}/{service.slug()}/schedule", {"cron": "x", "timezone": "y"})
    assert ["schedule.cron", "schedule.timezone"] == [cause["location"] for cause in answer.json["causes"]]


def test_only_the_exact_trigger_is_removed(service: Service) -> None:
    """`deleted` is true only for a trigger of this workflow, and only once. Other triggers stay."""
    slug, other = service.slug("Example"), service.slug("Other")
    first, second = (
        service.call("POST", f"{APP}/{slug}/schedule", {"cron": NINE}).json["trigger_id"] for _ in range(2)
    )
    asked = [(other, first), (slug, first), (slug, first), (slug, "no-such")]
    answers = [service.call("DELETE", f"{APP}/{owner}/schedule/{trigger}").json for owner, trigger in asked]
    assert [
        {"trigger_id": first, "deleted": False},
        {"trigger_id": first, "deleted": True},
        {"trigger_id": first, "deleted": False},
        {"trigger_id": "no-such", "deleted": False},
    ] == answers
    assert [second] == [one["trigger_id"] for one in service.sandbox.workflows()[0]["schedules"]]
