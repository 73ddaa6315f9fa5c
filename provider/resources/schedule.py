"""``atlan_app_schedule``: a cron schedule of a workflow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tf.types import Unknown
from tf.utils import Diagnostics

from provider.client.errors import AtlanError, NotFound
from provider.cron import check_cron, check_timezone, same_cron
from provider.plugin.resource import Context, PlanContext, Problem, Resource, State
from provider.plugin.schema import STRING, Attribute, Schema

if TYPE_CHECKING:
    from provider.client.models import App, Trigger
    from provider.provider import AtlanProvider

TYPE: Final = "atlan_app_schedule"

_TIMES: Final = ("cron", "timezone")
_STALE: Final = "stale_triggers"
_IMPORT_ID: Final = re.compile(r"(?P<slug>[^/\s]+)/(?P<trigger_id>[^/\s]+)")

_SCHEMA: Final = Schema(
    [
        Attribute("id", STRING, computed=True, description="`slug/trigger_id`."),
        Attribute(
            "slug",
            STRING,
            required=True,
            requires_replace=True,
            description="The slug of the workflow to schedule. A change replaces the schedule.",
        ),
        Attribute(
            "cron",
            STRING,
            required=True,
            description="When to run, as a cron expression of five fields such as `0 6 * * *`. Expressions that mean "
            "the same do not differ.",
        ),
        Attribute(
            "timezone",
            STRING,
            optional=True,
            default="UTC",
            description="The IANA timezone that the cron expression is read in. Default: `UTC`.",
        ),
        Attribute(
            "trigger_id",
            STRING,
            computed=True,
            description="The trigger's identity, minted by the service. A change of cron or timezone makes a new one.",
        ),
    ],
    description="A cron schedule of an Atlan app workflow. A workflow may have several. It is attached to the version "
    "that is published at that moment.",
)


class AppScheduleResource(Resource):
    """A trigger of a workflow. Private state holds replaced triggers whose removal failed."""

    def __init__(self, provider: AtlanProvider) -> None:
        self.provider = provider

    @classmethod
    def get_name(cls) -> str:
        return "app_schedule"

    @classmethod
    def get_schema(cls) -> Schema:
        return _SCHEMA

    def validate(self, diags: Diagnostics, type_name: str, config: State) -> None:
        for name, check in (("cron", check_cron), ("timezone", check_timezone)):
            value = config[name]
            why = check(value) if isinstance(value, str) else None
            if why:
                what = "a cron expression" if name == "cron" else "a timezone"
                diags.add_error(f'"{value}" is not {what}', why, path=[name])

    def plan(self, ctx: PlanContext, current: State | None, planned: State | None) -> State | None:
        """Keep an expression that means the same; plan an update where a replaced trigger is still to be removed."""
        if current is None or planned is None:
            return planned
        if _fires_alike(current, planned):
            planned = {**planned, "cron": current["cron"]}
        if not _replaces_trigger(current, planned):
            planned = {**planned, "id": current["id"], "trigger_id": current["trigger_id"]}
            if ctx.private.get(_STALE):
                planned["trigger_id"] = Unknown
        return planned

    def create(self, ctx: Context, planned: State) -> State:
        return self._attach(ctx, planned)

    def read(self, ctx: Context, current: State) -> State | None:
        if not self.provider.is_known:
            ctx.warn(
                "Not refreshed",
                "The provider's settings are not known yet, so the schedule was not read. Its state stands as it was.",
            )
            return current
        try:
            app = self.provider.api.get_app(current["slug"])
        except NotFound:
            return None
        if app.schedules is None:
            return current
        trigger = _find(app.schedules, current["trigger_id"])
        return None if trigger is None else {**current, **_times(trigger, current)}

    def update(self, ctx: Context, current: State, planned: State) -> State:
        """Add the new trigger before the old one goes, so that no moment is without a schedule."""
        state = {**planned, "id": current["id"], "trigger_id": current["trigger_id"]}
        if _replaces_trigger(current, planned):
            state = self._attach(ctx, planned)
            ctx.private[_STALE] = [*ctx.private.get(_STALE, []), current["trigger_id"]]
        self._remove_stale(ctx, state)
        return state

    def delete(self, ctx: Context, current: State) -> None:
        self._remove_stale(ctx, current)
        self._remove(ctx, current["slug"], current["trigger_id"])

    def import_(self, ctx: Context, id: str) -> State:  # noqa: A002 - tf's name for it
        """Import by ``slug/trigger_id``."""
        parts = _IMPORT_ID.fullmatch(id)
        if parts is None:
            raise Problem(
                f'"{id}" is not an import id of {TYPE}',
                "Give the workflow's slug and the trigger's id with a slash between: slug/trigger_id.",
            )
        slug, trigger_id = parts["slug"], parts["trigger_id"]
        state: State = {"id": id, "slug": slug, "trigger_id": trigger_id, "cron": None, "timezone": None}
        app = self._workflow(slug)
        if app.schedules is None:
            ctx.warn(
                f"The schedule of {slug} was imported by its id alone",
                "This tenant does not list schedules, so whether the trigger exists, and when it fires, is not known. "
                "The next apply attaches what is configured and then removes the imported trigger.",
            )
            return state
        trigger = _find(app.schedules, trigger_id)
        if trigger is None:
            known = ", ".join(each.trigger_id for each in app.schedules) or "none"
            raise Problem(f"{slug} has no trigger {trigger_id}", f"Its triggers are: {known}.")
        return {**state, **_times(trigger, state)}

    def _workflow(self, slug: str) -> App:
        try:
            return self.provider.api.get_app(slug)
        except NotFound as error:
            raise Problem(
                f"There is no workflow with the slug {slug}",
                f"It may be archived, mistyped or on another tenant.\n\n{error}",
            ) from error

    def _attach(self, ctx: Context, planned: State) -> State:
        slug = planned["slug"]
        try:
            trigger = self.provider.api.add_schedule(slug, cron=planned["cron"], timezone=planned["timezone"])
        except NotFound as error:
            raise Problem(
                f"There is no workflow with the slug {slug}",
                f"A schedule needs a live workflow. Take slug from the atlan_app it belongs to.\n\n{error}",
                ["slug"],
            ) from error
        except AtlanError as error:
            if not error.ambiguous:
                raise
            raise Problem(
                "A trigger may exist that Terraform does not know",
                f"The answer was lost after the request to schedule {slug} was sent. Look at the workflow's schedules "
                f"in the web UI before the next apply adds one.\n\n{error}",
            ) from error
        state = {**planned, "id": f"{slug}/{trigger.trigger_id}", "trigger_id": trigger.trigger_id}
        ctx.save(state)
        return state

    def _remove_stale(self, ctx: Context, state: State) -> None:
        """Remove replaced triggers; one whose removal fails stays noted, and the next plan tries again."""
        for trigger_id in list(ctx.private.get(_STALE, [])):
            self._remove(ctx, state["slug"], trigger_id)
            ctx.private[_STALE].remove(trigger_id)
        ctx.private.pop(_STALE, None)

    def _remove(self, ctx: Context, slug: str, trigger_id: str) -> None:
        api = self.provider.api
        try:
            if api.remove_schedule(slug, trigger_id).deleted:
                return
            listed = api.get_app(slug).schedules
        except NotFound:
            return
        if listed is None:
            ctx.warn(
                f"The trigger {trigger_id} of {slug} was not there to be removed",
                "The service answered that it removed nothing, and it lists no schedules on this tenant: somebody else "
                "will have removed it. Should the workflow still run by itself, remove its schedule in the web UI.",
            )
        elif _find(listed, trigger_id):
            raise Problem(
                f"The trigger {trigger_id} of {slug} was not removed",
                "The service answered that it removed nothing, and still lists it. Apply again; if it stays so, remove "
                "the schedule in the web UI.",
            )


def _find(triggers: list[Trigger], trigger_id: str) -> Trigger | None:
    return next((each for each in triggers if each.trigger_id == trigger_id), None)


def _times(trigger: Trigger, known: State) -> State:
    """When a trigger fires, written as it was known where that means the same."""
    found = {"cron": trigger.cron or known["cron"], "timezone": trigger.timezone or known["timezone"]}
    return {**found, "cron": known["cron"]} if _fires_alike(known, found) else found


def _fires_alike(left: State, right: State) -> bool:
    crons = left["cron"], right["cron"]
    return all(isinstance(cron, str) for cron in crons) and same_cron(*crons)


def _replaces_trigger(current: State, planned: State) -> bool:
    return any(current[name] != planned[name] for name in _TIMES)
