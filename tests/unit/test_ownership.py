"""The record of the objects that this configuration manages."""

import threading
from typing import Any

import pytest

from provider import ownership
from provider.framework import Context, PlanContext, UserError, terraform_command
from provider.framework.terraform_command import Command
from provider.ownership import Kind, Ownership
from tests.support.app_resource import app_context, summaries

KIND = Kind("workflow", "atlan_app")
SLUG = "bigquery-prod-AbC123"


def read(objects: Ownership, **private: Any) -> Context[Any]:
    """The context of a read by the address with this private state."""
    ctx = app_context(**private)
    ownership.check_read(ctx, objects, SLUG)
    return ctx


def test_an_address_keeps_its_token() -> None:
    """The second read of one address reports nothing, and private state has the token of the first one."""
    objects = Ownership(KIND)
    private = dict(read(objects).private)
    assert private == read(objects, **private).private
    assert objects.was_read(SLUG)


def test_a_second_address_is_an_error() -> None:
    """Two states without a token get different ones."""
    objects = Ownership(KIND)
    read(objects)
    with pytest.raises(UserError, match=f"Two addresses manage {SLUG}"):
        read(objects)


@pytest.mark.parametrize("tokens", [("a", None), (None, "a")])
def test_an_address_without_a_token_is_another_address(tokens: tuple[str | None, str | None]) -> None:
    """Two addresses without a token are not noticed, and a removal of the second one is refused."""
    objects = Ownership(KIND)
    first, second = tokens
    found = [objects.add_address(SLUG, each, was_read=False) for each in (first, first, second)]
    assert [None, None, "managed"] == found
    assert [False, True] == [objects.start_removal(SLUG, each) for each in (second, first)]


def test_a_second_address_is_a_warning_in_a_destroy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both addresses are removed anyway."""
    monkeypatch.setattr(terraform_command, "launcher", lambda: Command("terraform", is_destroy=True))
    objects = Ownership(KIND)
    read(objects)
    ctx = read(objects)
    assert ([f"Two addresses manage {SLUG}"], False) == (summaries(ctx), ctx.diagnostics.has_errors())


@pytest.mark.parametrize("is_read", [True, False])
def test_what_an_address_manages_is_not_adopted(is_read: bool) -> None:
    """A stored state is enough, because a command can be run without a refresh."""
    objects = Ownership(KIND)
    if is_read:
        read(objects)
    else:
        objects.add_stored(SLUG)
    with pytest.raises(UserError, match="already managed by this configuration") as raised:
        ownership.check_adoption(objects, SLUG)
    assert (["adopt_existing"], True) == (raised.value.finding.path, "from = atlan_app.OLD" in raised.value.detail)


def test_an_address_that_comes_after_the_adoption_reports_it() -> None:
    """By a read, or by a plan without a refresh."""
    objects = Ownership(KIND)
    ownership.check_adoption(objects, SLUG)
    with pytest.raises(UserError, match=f"Another resource adopts {SLUG}"):
        read(objects)
    objects.clear()
    ownership.check_adoption(objects, SLUG)
    ctx = app_context(kind=PlanContext)
    ownership.check_planned(ctx, objects, SLUG)
    assert [f"Another resource adopts {SLUG}"] == summaries(ctx)


def test_only_one_resource_adopts_an_object() -> None:
    """In a plan, and after the adoption in an apply."""
    objects = Ownership(KIND)
    ownership.check_adoption(objects, SLUG)
    for _ in range(2):
        with pytest.raises(UserError, match=f"Two resources adopt {SLUG}"):
            ownership.check_adoption(objects, SLUG)
        objects.add_adopted(SLUG, None)


def test_the_address_that_loses_an_adopted_object_reports_nothing() -> None:
    """The delete after the adoption knows that the object lives on."""
    objects = Ownership(KIND)
    ownership.check_adoption(objects, SLUG)
    objects.add_adopted(SLUG, None)
    ctx = app_context(kind=PlanContext)
    ownership.check_planned(ctx, objects, SLUG)
    assert ([], False) == (summaries(ctx), objects.start_removal(SLUG))


def test_an_object_is_removed_or_adopted_but_not_both() -> None:
    """Whichever of the two calls of one apply comes first."""
    objects = Ownership(KIND)
    ownership.check_adoption(objects, SLUG)
    assert (False, False) == (objects.start_removal(SLUG), objects.is_removed(SLUG))
    objects.clear()
    assert (True, True) == (objects.start_removal(SLUG), objects.is_removed(SLUG))


def test_a_replaced_object_that_is_still_to_be_removed_has_one_address() -> None:
    """The address that replaced it and the address that has or adopts it are an error in any order."""
    objects = Ownership(KIND)
    current = app_context()
    ownership.check_read(current, objects, "new", [SLUG])
    assert set() == objects.without_address([SLUG])
    ownership.check_read(app_context(**current.private), objects, "new", [SLUG])
    with pytest.raises(UserError, match="Two addresses manage") as raised:
        read(objects)
    assert "Another one has replaced it" in raised.value.detail
    with pytest.raises(UserError, match="already managed by this configuration") as raised:
        ownership.check_adoption(objects, SLUG)
    assert "Remove adopt_existing: then this resource gets its own workflow" in raised.value.detail
    objects.clear()
    ownership.check_adoption(objects, SLUG)
    with pytest.raises(UserError, match="Another resource adopts") as raised:
        ownership.check_read(app_context(), objects, "new", [SLUG])
    assert "This address has replaced it" in raised.value.detail
    objects.clear()
    read(objects)
    ctx = app_context(kind=PlanContext)
    ownership.check_planned(ctx, objects, "new", [SLUG])
    assert [f"Two addresses manage {SLUG}"] == summaries(ctx)


def test_a_configure_forgets_everything() -> None:
    """One process can serve several commands."""
    objects = Ownership(KIND)
    read(objects)
    objects.clear()
    assert not objects.was_read(SLUG)
    ownership.check_adoption(objects, SLUG)


def test_a_replacement_has_the_private_state_of_its_predecessor() -> None:
    """A create has none, and neither has the replacement of a tainted object."""
    private = dict(read(Ownership(KIND)).private)
    found = [ownership.is_replacement(app_context(kind=PlanContext, **each)) for each in (private, {})]
    assert [True, False] == found


def test_an_object_without_an_address_is_reported_once() -> None:
    """Addresses that are read at the same time are waited for."""
    objects = Ownership(Kind("schedule", "atlan_app_schedule"))
    reading = threading.Timer(0.05, objects.add_stored, ["t"])
    reading.start()
    assert set() == objects.without_address(["t"], 30)
    reading.join(10)
    objects.plan_adoption("adopted")
    assert {"u"} == objects.without_address(["t", "adopted", "u"], 0.01)
    assert [True, False] == [objects.is_first_report("u") for _ in range(2)]
    objects.clear()
    assert {"t"} == objects.without_address(["t"])
    assert objects.is_first_report("u")


def test_an_object_that_is_new_in_state_has_its_own_token() -> None:
    """A replacement does not keep the token of its predecessor."""
    ctx = app_context()
    tokens = []
    for _ in range(2):
        ownership.start_address(ctx)
        tokens.append(dict(ctx.private))
    assert tokens[0] != tokens[1]
    assert ownership.is_replacement(app_context(kind=PlanContext, **tokens[1]))


def test_a_created_object_is_neither_adopted_nor_removed_by_another_address() -> None:
    """Only the address that has created it removes it."""
    objects = Ownership(KIND)
    contexts = [app_context(), app_context()]
    for ctx in contexts:
        ownership.start_address(ctx)
    owner, other = contexts
    ownership.record_created(owner, objects, SLUG)
    with pytest.raises(UserError, match="already managed by this configuration"):
        ownership.check_adoption(objects, SLUG)
    with pytest.raises(UserError, match="already managed by this configuration"):
        ownership.record_adopted(other, objects, SLUG)
    assert [False, True] == [ownership.may_remove(ctx, objects, SLUG) for ctx in (other, owner)]
