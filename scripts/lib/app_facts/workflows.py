"""One workflow for each app, with the values that a user could configure."""

from collections.abc import Iterable
from dataclasses import dataclass

from scripts.lib.app_facts import apps
from scripts.lib.app_facts.apps import App
from scripts.lib.app_facts.inputs import inputs
from scripts.lib.shared.hcl import Value

_TIMEZONES = (None, "UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata")


@dataclass(frozen=True)
class Schedule:
    """The times at which a workflow runs: five cron fields, and a timezone or None for the default."""

    cron: str
    timezone: str | None


@dataclass(frozen=True)
class Workflow:
    """One configured workflow. `label` is its name in a configuration, `name` its name in the service.

    `connection` and `credential` are the values of ``asset_connection`` and ``credential_wo``, or None.
    """

    label: str
    name: str
    app_id: str
    entrypoint: str | None
    inputs: dict[str, Value]
    schedule: Schedule
    connection: dict[str, Value] | None = None
    credential: dict[str, Value] | None = None


def workflows(known: Iterable[App] | None = None) -> list[Workflow]:
    """Return a workflow for each app, by default for all known apps."""
    return [workflow(app) for app in (apps.load() if known is None else known)]


def workflow(app: App) -> Workflow:
    """Return one app's workflow."""
    return Workflow(
        label=app.label,
        name=f"{app.app_id} production",
        app_id=app.app_id,
        entrypoint=app.entrypoint,
        inputs=inputs(app),
        schedule=_schedule(app.number),
    )


def _schedule(number: int) -> Schedule:
    """Return a schedule: daily, weekly or every few hours, at a time that depends on the number of the app."""
    hours_and_days = (f"{number % 24} * * *", f"{number % 24} * * {number % 7}", "*/6 1-28 * *")
    return Schedule(
        cron=f"{7 * number % 60} {hours_and_days[number % 3]}", timezone=_TIMEZONES[number % len(_TIMEZONES)]
    )
