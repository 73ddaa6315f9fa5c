"""``atlan_app_schedule``: a cron schedule of a workflow."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Final

from provider.client.errors import AtlanError, NotFound
from provider.framework import (
    GONE,
    Context,
    Finding,
    Gone,
    Path,
    PlanContext,
    Resource,
    State,
    Unknown,
    UserError,
    private_state,
)
from provider.model import identifiers
from provider.model.cron import check_cron, check_timezone
from provider.refresh import UNCHANGED
from provider.resources.schedule.schema import SCHEMA
from provider.resources.schedule.triggers import alike, find, fires_alike, proof, to_state

if TYPE_CHECKING:
    from provider.client.responses import Trigger, Workflow
    from provider.provider_data import ProviderData

TYPE: Final = "atlan_app_schedule"

_TIMES: Final = ("cron", "timezone")
_STALE: Final = "stale_triggers"
_ALIKE: Final = "alike_triggers"
# A look-up of what a lost answer left behind has time of its own.
_RECOVERY_SECONDS: Final = 30.0
_IMPORT_ID: Final = re.compile(r"(?P<slug>[^/\s]+)/(?P<trigger_id>[^/\s]+)")
_SHAPES: Final = {_STALE: private_state.TEXTS, _ALIKE: private_state.TEXTS}


class AppScheduleResource(Resource[State]):
    """A trigger of a workflow. Private state holds replaced triggers whose removal failed.

    An apply that was killed may leave a trigger that no state knows. So what a plan is to attach is looked for first,
    where the service lists schedules: a trigger of the same times is taken up instead of doubled, and the plan says so.
    """

    name = "app_schedule"
    schema = SCHEMA
    private_shapes = _SHAPES
    provider_data: ProviderData

    def check_config(self, config: State) -> Iterable[Finding]:
        yield from identifiers.check(config, "slug", "bigquery-prod-AbC123")
        for name, check in (("cron", check_cron), ("timezone", check_timezone)):
            value = config[name]
            why = check(value) if isinstance(value, str) else None
            if why:
                what = "a cron expression" if name == "cron" else "a timezone"
                yield Finding(f'"{value}" is not {what}', why, [name])

    def plan(self, ctx: PlanContext[State], current: State | None, planned: State | None) -> State | None:
        """Keep an expression that means the same; plan an update where a replaced trigger is still to be removed."""
        if planned is None:
            return planned
        if current is None:
            self._plan_attach(ctx, planned, [])
            return planned
        if fires_alike(current, planned):
            planned = {**planned, "cron": current["cron"]}
        if _replaces_trigger(current, planned):
            self._plan_attach(ctx, planned, _known(ctx, current))
        else:
            planned = {**planned, "id": current["id"], "trigger_id": current["trigger_id"]}
            if ctx.private.get(_STALE):
                planned["trigger_id"] = Unknown
                ctx.warn(
                    f"A replaced trigger of {current['slug']} is still to be removed",
                    "Its removal failed when the schedule was changed, so the workflow runs by both. This apply "
                    f"removes {' and '.join(ctx.private[_STALE])}, and adds nothing.",
                )
        return planned

    def _plan_attach(self, ctx: PlanContext[State], planned: State, known: Collection[str]) -> None:
        """Note the triggers of the planned times that are not known here, and say what becomes of them."""
        ctx.private.pop(_ALIKE, None)
        slug = planned["slug"]
        if not self.provider_data.is_known or not isinstance(slug, str):
            return
        try:
            found = alike(self.provider_data.client.get_workflow(slug).schedules or (), planned, known)
        except AtlanError:
            return  # the apply looks again, and tells
        ctx.private[_ALIKE] = [each.trigger_id for each in found]
        unclaimed = self.provider_data.claims.unclaimed(found)
        if unclaimed:
            ctx.warn(
                f"{slug} has a trigger of these times already",
                f"{unclaimed[0].trigger_id} may be what an apply left behind that was killed. Unless it is gone by "
                "then, the apply takes it up instead of adding a second one, which would run the workflow twice. Make "
                "sure that no other resource manages it.",
            )

    def create(self, ctx: Context[State], planned: State) -> State:
        state = self._attach(ctx, planned, [])
        self._remove_stale(ctx, state)
        return state

    def read(self, ctx: Context[State], current: State) -> State | Gone:
        slug = current["slug"]
        try:
            app = self.provider_data.refresh.read(
                slug, lambda: self.provider_data.client.get_workflow(slug), proof(current)
            )
        except NotFound:
            return GONE
        if app is UNCHANGED or app.schedules is None:
            return current
        trigger = find(app.schedules, current["trigger_id"]) or self._surviving(ctx, app.schedules)
        return GONE if trigger is None else to_state(trigger, current)

    @staticmethod
    def _surviving(ctx: Context[State], triggers: list[Trigger]) -> Trigger | None:
        """A replaced trigger that still fires, where the one that replaced it is gone: it is this schedule now."""
        stale = ctx.private.get(_STALE, [])
        trigger = next((each for each in triggers if each.trigger_id in stale), None)
        if trigger is not None:
            ctx.private[_STALE] = [each for each in stale if each != trigger.trigger_id]
        return trigger

    def update(self, ctx: Context[State], current: State, planned: State) -> State:
        """Add the new trigger before the old one goes, so that no moment is without a schedule."""
        state = {**planned, "id": current["id"], "trigger_id": current["trigger_id"]}
        if _replaces_trigger(current, planned):
            state = self._attach(ctx, planned, _known(ctx, current))
            ctx.private[_STALE] = [*ctx.private.get(_STALE, []), current["trigger_id"]]
        self._remove_stale(ctx, state)
        return state

    def delete(self, ctx: Context[State], current: State) -> None:
        self._remove_stale(ctx, current)
        self._remove(ctx, current["slug"], current["trigger_id"])

    def import_(self, ctx: Context[State], id: str) -> State:  # noqa: A002 - tf's name for it
        """Import by ``slug/trigger_id``."""
        parts = _IMPORT_ID.fullmatch(id)
        if parts is None:
            raise UserError(
                f'"{id}" is not an import id of {TYPE}',
                "Give the workflow's slug and the trigger's id with a slash between: slug/trigger_id.",
            )
        slug, trigger_id = parts["slug"], parts["trigger_id"]
        state: State = {**dict.fromkeys(SCHEMA.by_name), "id": id, "slug": slug, "trigger_id": trigger_id}
        app = self._workflow(slug)
        if app.schedules is None:
            ctx.warn(
                f"The schedule of {slug} was imported by its id alone",
                "This tenant does not list schedules, so whether the trigger exists, and when it fires, is not known. "
                "The next apply attaches what is configured and then removes the imported trigger.",
            )
            return state
        trigger = find(app.schedules, trigger_id)
        if trigger is None:
            known = ", ".join(each.trigger_id for each in app.schedules) or "none"
            raise UserError(f"{slug} has no trigger {trigger_id}", f"Its triggers are: {known}.")
        return to_state(trigger, state)

    def _workflow(self, slug: str, path: Path | None = None) -> Workflow:
        try:
            return self.provider_data.client.get_workflow(slug)
        except NotFound as error:
            raise _no_workflow(slug, error, path) from error

    def _attach(self, ctx: Context[State], planned: State, known: Collection[str]) -> State:
        """Take up a trigger of these times that is not ``known`` here, or add one."""
        slug = planned["slug"]
        trigger = self._left_behind(ctx, planned, known)
        if trigger is not None and planned["app_version"] is not None:
            # whether it is attached to that version cannot be told
            ctx.private[_STALE] = [*ctx.private.get(_STALE, []), trigger.trigger_id]
            trigger = None
        if trigger is None:
            trigger = self._add(ctx, planned, known)
        self.provider_data.claims.claim(trigger.trigger_id, ctx)
        state = {**planned, "id": f"{slug}/{trigger.trigger_id}", "trigger_id": trigger.trigger_id}
        ctx.save(state)
        return state

    def _left_behind(self, ctx: Context[State], planned: State, known: Collection[str]) -> Trigger | None:
        """The trigger that this call takes up, with a warning; None where the plan saw none, or it is gone."""
        slug = planned["slug"]
        if ctx.private.pop(_ALIKE, None) == []:
            return None
        found = alike(self._workflow(slug, ["slug"]).schedules or (), planned, known)
        claims = self.provider_data.claims
        taken = next((each for each in found if claims.claim(each.trigger_id, ctx)), None)
        if taken is None:
            return None
        rest = claims.unclaimed(found)
        also = f" {_names(rest)} fires then too: remove it in the web UI, if nobody manages it." if rest else ""
        ctx.warn(
            f"The trigger {taken.trigger_id} of {slug} was taken up",
            f"It fired at these times already, and a second one would have run the workflow twice. Should somebody "
            f"else manage it, give this schedule other times.{also}",
        )
        return taken

    def _add(self, ctx: Context[State], planned: State, known: Collection[str]) -> Trigger:
        """Add a trigger, or take up the one that a lost answer left behind. ``known`` are those that were there."""
        slug = planned["slug"]
        try:
            return self.provider_data.client.add_schedule(slug, cron=planned["cron"], timezone=planned["timezone"])
        except NotFound as error:
            raise _no_workflow(slug, error, ["slug"]) from error
        except AtlanError as error:
            if not error.ambiguous:
                raise
            return self._recovered(ctx, planned, known, error)

    def _recovered(self, ctx: Context[State], planned: State, known: Collection[str], error: AtlanError) -> Trigger:
        slug = planned["slug"]
        listed = self._look_up(slug)
        if listed is None:
            raise UserError(
                "A trigger may exist that Terraform does not know",
                f"The request to schedule {slug} ended without an answer that tells, and its schedules cannot be seen "
                f"from here. Look at them in the web UI before the next apply adds one.\n\n{error}",
            ) from error
        found = self.provider_data.claims.unclaimed(alike(listed, planned, known))
        if not found:
            raise UserError(
                f"The schedule of {slug} was not added",
                f"The request ended without an answer that tells, and no such trigger was found afterwards. Apply "
                f"again.\n\n{error}",
            ) from error
        if len(found) > 1:
            ids = " and ".join(each.trigger_id for each in found)
            raise UserError(
                f"Several triggers of {slug} fire at these times",
                f"The request ended without an answer that tells which of {ids} it made. Remove the others in the web "
                f"UI, then import the one to keep by the id {slug}/<trigger id>.\n\n{error}",
            ) from error
        ctx.warn(
            f"The trigger {found[0].trigger_id} of {slug} was taken up",
            f"The request ended without an answer that tells, and one trigger of these times was found.\n\n{error}",
        )
        return found[0]

    def _look_up(self, slug: str) -> list[Trigger] | None:
        """The triggers of a workflow; None where they are not listed or cannot be read."""
        try:
            return self.provider_data.client.recovering(_RECOVERY_SECONDS).get_workflow(slug).schedules
        except AtlanError:
            return None

    def _remove_stale(self, ctx: Context[State], state: State) -> None:
        """Remove replaced triggers; one whose removal fails stays noted, and the next plan tries again."""
        for trigger_id in list(ctx.private.get(_STALE, [])):
            try:
                self._remove(ctx, state["slug"], trigger_id)
            except AtlanError as error:
                raise UserError(
                    f"The replaced trigger {trigger_id} of {state['slug']} could not be removed",
                    "The new trigger is attached and in state, and the workflow runs by both until the next apply "
                    f"removes the old one.\n\n{error}",
                ) from error
            ctx.private[_STALE].remove(trigger_id)
        ctx.private.pop(_STALE, None)

    def _remove(self, ctx: Context[State], slug: str, trigger_id: str) -> None:
        api = self.provider_data.client
        if not self.provider_data.claims.claim(trigger_id, ctx):
            return  # another resource of this apply has taken it up
        try:
            if api.remove_schedule(slug, trigger_id).deleted:
                return
            listed = api.get_workflow(slug).schedules
        except NotFound:
            return
        if listed is None:
            ctx.warn(
                f"The trigger {trigger_id} of {slug} was not there to be removed",
                "The service answered that it removed nothing, and it lists no schedules on this tenant: somebody else "
                "will have removed it. Should the workflow still run by itself, remove its schedule in the web UI.",
            )
        elif find(listed, trigger_id):
            raise UserError(
                f"The trigger {trigger_id} of {slug} was not removed",
                "The service answered that it removed nothing, and still lists it. Apply again; if it stays so, remove "
                "the schedule in the web UI.",
            )


def _known(ctx: Context[State], current: State) -> list[str]:
    """The triggers that are this schedule's: its own, and those whose removal failed."""
    return [current["trigger_id"], *ctx.private.get(_STALE, [])]


def _names(triggers: list[Trigger]) -> str:
    return " and ".join(each.trigger_id for each in triggers)


def _no_workflow(slug: str, error: NotFound, path: Path | None) -> UserError:
    why = "A schedule needs a live workflow. Take slug from the atlan_app it belongs to."
    if path is None:
        why = "It may be archived, mistyped or on another tenant."
    return UserError(f"There is no workflow with the slug {slug}", f"{why}\n\n{error}", path)


def _replaces_trigger(current: State, planned: State) -> bool:
    names = _TIMES if planned["app_version"] is None else (*_TIMES, "app_version")
    return any(current[name] != planned[name] for name in names)
