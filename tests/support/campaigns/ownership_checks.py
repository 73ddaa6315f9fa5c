"""The checks after each apply of the campaign of ownership: nothing is lost, created twice or renamed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from tests.support.campaigns.ownership_blocks import is_aliased
from tests.support.campaigns.ownership_expected import WORDINGS
from tests.support.campaigns.ownership_objects import Held, Tenant
from tests.support.campaigns.ownership_stacks import Outcome


def check(outcome: Outcome) -> None:
    """Assert that the apply led to what the model expects."""
    if outcome.expected.refusals:
        _check_refusal(outcome)
        return
    _check_losses(outcome)
    _check_additions(outcome)
    _check_connections(outcome)
    if outcome.is_completed:
        _check_completed(outcome)
    elif outcome.trouble.is_harmless:
        assert outcome.expected.failures or outcome.expected.possible_failures, "the apply must succeed"


def _check_refusal(outcome: Outcome) -> None:
    """Assert that the plan has one of the errors, and that nothing has changed."""
    assert not outcome.is_completed, f"the plan must be refused: {outcome.expected.refusals}"
    if not outcome.is_interrupted:
        wordings = [text for each in outcome.expected.refusals for text in WORDINGS.get(each, (each,))]
        assert [each for each in wordings if each in outcome.result.text], f"one of these errors: {wordings}"
    assert outcome.before == outcome.after, "a refused plan changes nothing"
    assert _places(outcome.held_before) == _places(outcome.held_after), "a refused plan changes no state"


def _places(stored: list[Held]) -> set[tuple[str, str, bool]]:
    return {(each.address, each.object_id, each.is_deposed) for each in stored}


def _triggers(tenant: Tenant) -> dict[str, tuple[str, str]]:
    """Return the slug and the cron expression of each trigger by its id."""
    return {
        trigger_id: (workflow.slug, cron)
        for workflow in tenant.values()
        for trigger_id, cron in workflow.triggers.items()
    }


def _check_losses(outcome: Outcome) -> None:
    """Assert that nothing is gone that the plan did not destroy."""
    removed = outcome.expected.removed
    assert set() == outcome.before.keys() - outcome.after.keys() - removed, "a workflow is lost"
    for slug in outcome.before.keys() & outcome.after.keys():
        lost = outcome.before[slug].triggers.keys() - outcome.after[slug].triggers.keys()
        assert set() == lost - removed, "a trigger is lost"


def _check_additions(outcome: Outcome) -> None:
    """Assert that nothing is added but what the configuration creates."""
    expected, apps = outcome.expected, outcome.configuration.app_addresses()
    schedules = outcome.configuration.schedule_addresses()
    created = expected.new | expected.either.keys() | expected.open
    added = Counter(outcome.after[slug].name for slug in outcome.after.keys() - outcome.before.keys())
    assert Counter() == added - Counter(apps[each].name for each in created & apps.keys()), (
        "a workflow is created twice"
    )
    names = Counter(each.name for each in outcome.after.values())
    assert [] == [name for name, number in names.items() if number > 1], "two workflows have one name"
    before, after = _triggers(outcome.before), _triggers(outcome.after)
    crons = Counter(after[each][1] for each in after.keys() - before.keys())
    assert Counter() == crons - Counter(schedules[each].cron for each in created & schedules.keys()), (
        "a trigger is created twice"
    )


def _check_connections(outcome: Outcome) -> None:
    for slug in outcome.before.keys() & outcome.after.keys():
        assert outcome.before[slug].name == outcome.after[slug].name, "a workflow is renamed"
        assert outcome.before[slug].connection == outcome.after[slug].connection, "a connection has changed"
    names = Counter(each.connection.qualified_name for each in outcome.after.values())
    new = outcome.after.keys() - outcome.before.keys()
    assert all(1 == names[outcome.after[each].connection.qualified_name] for each in new), "a connection is shared"


def _check_completed(outcome: Outcome) -> None:
    """Assert that each address has its object, and that the tenant has no other new object."""
    expected, after = outcome.expected, outcome.after
    assert set() == expected.failures, "the apply must fail"
    stored = {each.address: each for each in outcome.held_after}
    assert len(stored) == len(outcome.held_after), "a deposed object is left"
    assert expected.same.keys() | expected.new | expected.either.keys() | expected.open == stored.keys()
    assert expected.same == {address: stored[address].object_id for address in expected.same}, "an object is replaced"
    triggers = _triggers(after)
    living = after.keys() | triggers.keys()
    lost = {each.object_id for each in stored.values() if each.object_id not in living}
    assert set() == lost - _archived_elsewhere(outcome), "state has an archived object"
    ids = Counter((is_aliased(each.address), each.object_id) for each in stored.values())
    assert expected.is_shared or 1 == max(ids.values(), default=1), "two addresses have one object"
    old = outcome.before.keys() | _triggers(outcome.before).keys()
    assert [] == [each for each in expected.new if stored[each].object_id in old], "an object is adopted unplanned"
    held_ids = {each.object_id for each in stored.values()}
    assert set() == (living - old) - held_ids, "a new object is not in state"
    adopted = {object_id for address, object_id in expected.either.items() if stored[address].object_id == object_id}
    opened = {stored[address].object_id for address in expected.open}
    assert set() == (expected.removed & living) - adopted - opened, "an object is not removed"
    _check_values(outcome, stored)


def _archived_elsewhere(outcome: Outcome) -> set[str]:
    """Return the objects that one alias of the provider archives while another alias has or adopts them."""
    slugs = {
        object_id
        for address, object_id in outcome.expected.either.items()
        if any(is_aliased(each.address) is not is_aliased(address) for each in outcome.holders(object_id))
    }
    triggers = (trigger_id for slug in slugs & outcome.before.keys() for trigger_id in outcome.before[slug].triggers)
    return slugs | set(triggers)


def _check_values(outcome: Outcome, stored: Mapping[str, Held]) -> None:
    """Assert that the objects are what the configuration says, and that only changed workflows are published."""
    triggers = _triggers(outcome.after)
    for address, app in outcome.configuration.app_addresses().items():
        if address in stored and stored[address].slug in outcome.after:
            workflow = outcome.after[stored[address].slug]
            assert (app.name, False) == (workflow.name, workflow.is_edited), address
    for address, schedule in outcome.configuration.schedule_addresses().items():
        if address in stored and stored[address].object_id in triggers:
            assert (stored[address].slug, schedule.cron) == triggers[stored[address].object_id], address
    kept = {each.object_id for each in outcome.held_before if each.is_app} - _taken(outcome)
    if outcome.configuration.imports:  # An update that follows an import may have failed.
        kept = set()
    for slug in kept & outcome.before.keys() & outcome.after.keys():
        is_published = outcome.before[slug].version != outcome.after[slug].version
        assert outcome.before[slug].is_edited or not is_published, "an unchanged workflow is published"
    if outcome.trouble.is_harmless:
        text = outcome.result.text
        assert [] == [each for each in outcome.expected.warned if each not in text], "no warning about a trigger"


def _taken(outcome: Outcome) -> set[str]:
    """Return the objects that an address adopts or imports."""
    before = {each.address: each.object_id for each in outcome.held_before}
    moves = outcome.configuration.moves
    before |= {new: before[old] for old, new in moves.items() if old in before}
    ids = {*outcome.expected.same.items(), *outcome.expected.either.items()}
    return {object_id for address, object_id in ids if before.get(address) != object_id}
