"""The private state of a schedule."""

from provider.resources.schedule import private_state
from tests.support.schedule_resource import STATE, context


def test_replaced_triggers_are_recorded_until_they_are_removed() -> None:
    """They are the schedule's own triggers until then."""
    ctx = context()
    for each in ("a", "b"):
        private_state.add_stale(ctx, each)
    assert ["t", "a", "b"] == private_state.own_trigger_ids(ctx, STATE)
    for each in ("a", "b"):
        private_state.drop_stale(ctx, each)
    assert {} == ctx.private


def test_listed_triggers_are_used_once() -> None:
    """None differs from an empty list."""
    ctx = context()
    private_state.set_listed(ctx, iter(()))
    assert [[], None] == [private_state.take_listed(ctx) for _ in range(2)]


def test_every_value_has_its_shape() -> None:
    """Else the next call would drop it."""
    ctx = context()
    private_state.add_stale(ctx, "a")
    private_state.set_listed(ctx, ["a"])
    private_state.set_others(ctx, {"b", "a"})
    private_state.set_imported_version(ctx, 5)
    assert private_state.SHAPES.keys() == ctx.private.keys()
    assert all(private_state.SHAPES[name](value) for name, value in ctx.private.items())
    assert ({"a", "b"}, 5) == (private_state.others(ctx), private_state.imported_version(ctx))
