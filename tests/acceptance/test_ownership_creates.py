"""What an apply has created has one owner at once: before it is read, and after a lost answer."""

import pytest

from tests.acceptance.conftest import Start
from tests.acceptance.test_ownership import NAME, adopting, slugs
from tests.support.configurations import app, schedule
from tests.support.schedules import TWICE, attached, in_state, trigger_ids


@pytest.mark.parametrize("both_adopt", [True, False])
def test_a_create_does_not_adopt_what_the_same_apply_has_created(start: Start, both_adopt: bool) -> None:
    """The plan does not know the name, and the apply creates the workflow at the other address first."""
    first, second = (adopting(label).replace('"bigquery prod"', "terraform_data.name.output") for label in "ab")
    if not both_adopt:
        first = first.replace("adopt_existing   = true", "")
    second = second.rstrip().removesuffix("}") + "depends_on = [atlan_app.a]\n}\n"
    sandbox, workspace = start(first + second + NAME)
    workspace.apply().failed("is already managed by this configuration")
    assert [workspace.values("atlan_app.a")["slug"]] == slugs(sandbox)
    assert "atlan_app.b" not in workspace.resources()


def test_a_second_address_does_not_archive_the_workflow_of_the_first(start: Start) -> None:
    """Without a refresh, only the create and the import have written private state."""
    sandbox, workspace = start(app("a"))
    workspace.apply().ok()
    (slug,) = slugs(sandbox)
    workspace.write(app("a") + app("b"))
    workspace.import_("atlan_app.b", slug).ok()
    workspace.write(app("a"))
    workspace.apply("-refresh=false").failed(f"{TWICE} {slug}")
    assert [slug] == slugs(sandbox)


def test_a_second_address_does_not_remove_the_trigger_of_the_first(start: Start) -> None:
    """A schedule is like a workflow."""
    sandbox, workspace, slug = attached(start, schedule("a"))
    (trigger_id,) = in_state(workspace, "a")
    workspace.write(app() + schedule("a") + schedule("b"))
    workspace.import_("atlan_app_schedule.b", f"{slug}/{trigger_id}").ok()
    workspace.write(app() + schedule("a"))
    workspace.apply("-refresh=false").failed(f"{TWICE} {trigger_id}")
    assert {trigger_id} == trigger_ids(sandbox)
