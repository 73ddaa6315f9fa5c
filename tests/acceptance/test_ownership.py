"""One workflow has one owner: a plan never adopts, archives or shares what this configuration manages already."""

import json

import pytest

from tests.acceptance.conftest import Start
from tests.support.adoption import CREATE_FIRST, NAME, adopting, slugs
from tests.support.ui import archive, create

FOR_EACH = """
resource "atlan_app" "crawler" {
  for_each         = { for index in range(20) : "%s${index}" => "name ${index}" }
  app_id           = "bigquery-crawler"
  entrypoint       = "crawler"
  name             = each.value
  adopt_existing   = true
  asset_connection = { name = "bigquery", admin_users = ["admin"] }
}
"""


@pytest.mark.parametrize("refresh", ["true", "false"])
def test_renamed_keys_without_moved_blocks_are_an_error(start: Start, refresh: str) -> None:
    """Each workflow has one error: at its old address or at its new one. Nothing is archived."""
    sandbox, workspace = start(FOR_EACH % "a")
    workspace.apply().ok()
    before = slugs(sandbox)
    workspace.write(FOR_EACH % "b")
    failed = workspace.apply(f"-refresh={refresh}").failed("moved {", "from = atlan_app.OLD")
    assert before == slugs(sandbox), failed
    assert 20 == failed.output.count("Error: ")


@pytest.mark.parametrize("more", ["", CREATE_FIRST])
def test_a_tainted_workflow_is_not_adopted_by_its_replacement(start: Start, more: str) -> None:
    """A taint looks like another address, so the error also names untaint."""
    sandbox, workspace = start(adopting(more=more), launch=True)
    workspace.apply().ok()
    before = slugs(sandbox)
    workspace.run("taint", "atlan_app.crawler").ok()
    workspace.apply().failed("is already managed by this configuration", "terraform untaint")
    assert before == slugs(sandbox)
    workspace.destroy().ok()
    assert [] == slugs(sandbox)


def test_a_replacement_never_adopts_its_predecessor(start: Start) -> None:
    """With create_before_destroy, the name is still taken, so the apply fails, and the workflow lives.

    The plan after it says how to keep the workflow.
    """
    sandbox, workspace = start(adopting(more=CREATE_FIRST))
    workspace.apply().ok()
    before = slugs(sandbox)
    assert "will be adopted" not in workspace.plan("-replace=atlan_app.crawler").ok().output
    workspace.apply("-replace=atlan_app.crawler").failed()
    assert before == slugs(sandbox)
    workspace.plan().failed("If a replacement has failed", "terraform state rm")
    workspace.state("rm", "atlan_app.crawler").ok()
    workspace.apply().ok()
    assert before == slugs(sandbox) == [workspace.values("atlan_app.crawler")["slug"]]


def test_a_replacement_is_created_after_its_predecessor_is_archived(start: Start) -> None:
    """adopt_existing does not hinder a change of the app."""
    sandbox, workspace = start(adopting())
    workspace.apply().ok()
    (before,) = slugs(sandbox)
    workspace.write(adopting().replace("bigquery-crawler", "bigquery-miner").replace('"crawler"\n', '"miner"\n', 1))
    workspace.apply().ok()
    (after,) = slugs(sandbox)
    assert before != after
    assert (after, False) == tuple(workspace.values("atlan_app.crawler")[name] for name in ("slug", "adopted"))


def test_a_replacement_with_the_name_of_another_workflow_is_an_error_of_the_plan(start: Start) -> None:
    """Without it, the apply would archive the workflow, and then fail."""
    sandbox, workspace = start(adopting())
    workspace.apply().ok()
    taken = create(sandbox, "taken")
    before = slugs(sandbox)
    workspace.write(adopting(name="taken"))
    workspace.apply().failed(f"A replacement does not adopt {taken}", "terraform state rm")
    assert before == slugs(sandbox)
    workspace.state("rm", "atlan_app.crawler").ok()
    workspace.apply().ok()
    assert (before, taken) == (slugs(sandbox), workspace.values("atlan_app.crawler")["slug"])


def test_a_shift_of_a_count_is_an_error_that_forgets_no_workflow(start: Start) -> None:
    """The next address manages the workflow that has the name, so the error shows how to move it, and no state rm."""
    counted = adopting(more="count = length(local.names)").replace('"bigquery prod"', "local.names[count.index]")
    sandbox, workspace = start('locals { names = ["x", "y", "z"] }\n' + counted)
    workspace.apply().ok()
    before = slugs(sandbox)
    workspace.write('locals { names = ["y", "z"] }\n' + counted)
    failed = workspace.apply().failed(
        "Another address of this configuration manages it", "from = atlan_app.OLD", "state mv"
    )
    assert "state rm" not in failed.text
    assert before == slugs(sandbox)
    moves = {"crawler[0]": "removed", "crawler[1]": "crawler[0]", "crawler[2]": "crawler[1]"}
    for old, new in moves.items():
        workspace.state("mv", f"atlan_app.{old}", f"atlan_app.{new}").ok()
    workspace.apply().ok()
    assert [each for each in before if not each.startswith("x-")] == slugs(sandbox)


def test_two_resources_that_adopt_one_workflow_are_an_error(start: Start) -> None:
    """The plan gives the workflow to one of them only."""
    sandbox, workspace = start(adopting())
    workspace.apply().ok()
    workspace.state("rm", "atlan_app.crawler").ok()
    workspace.write(adopting() + adopting("other"))
    failed = workspace.apply().failed("Two resources adopt", "or change its name")
    assert "untaint" not in failed.output
    assert 1 == failed.output.count("Error: ")
    assert 1 == len(slugs(sandbox))


def test_two_imports_of_one_workflow_are_an_error(start: Start) -> None:
    """Two addresses would manage, and later archive, the same workflow."""
    sandbox, workspace = start(adopting())
    workspace.apply().ok()
    (slug,) = slugs(sandbox)
    imports = "".join(f'import {{\n  to = atlan_app.{label}\n  id = "{slug}"\n}}\n' for label in ("crawler", "other"))
    workspace.state("rm", "atlan_app.crawler").ok()
    workspace.write(adopting() + adopting("other") + imports)
    failed = workspace.apply().failed(f"Two addresses manage {slug}", "terraform state rm")
    assert 1 == failed.output.count("Error: ")


def test_a_state_without_a_token_is_an_address_too(start: Start) -> None:
    """Without a refresh, it gets no token. A second address does not archive its workflow."""
    sandbox, workspace = start(adopting())
    workspace.apply().ok()
    before = slugs(sandbox)
    workspace.write(adopting() + adopting("other"))
    workspace.import_("atlan_app.other", *before).ok()
    path = workspace.directory / "terraform.tfstate"
    state = json.loads(path.read_text())
    for resource in state["resources"]:
        if resource["name"] == "crawler":
            resource["instances"][0].pop("private", None)
    path.write_text(json.dumps(state))
    workspace.write(adopting())
    workspace.apply("-refresh=false").failed(f"Two addresses manage {before[0]}", "terraform state rm")
    assert before == slugs(sandbox)


def test_a_plan_shows_the_adopted_workflow(start: Start) -> None:
    """The slug and the id are known in the plan, and state says that the workflow was adopted."""
    sandbox, workspace = start(adopting())
    workspace.apply().ok()
    (slug,) = slugs(sandbox)
    workspace.state("rm", "atlan_app.crawler").ok()
    (change,) = workspace.plan_json()["resource_changes"]
    after = change["change"]["after"]
    assert (slug, slug, True) == (after["slug"], after["id"], after["adopted"])
    workspace.apply().ok()
    assert ([slug], True) == (slugs(sandbox), workspace.values("atlan_app.crawler")["adopted"])
    workspace.write(adopting().replace("adopt_existing   = true", ""))
    workspace.apply().ok()
    assert ([slug], True) == (slugs(sandbox), workspace.values("atlan_app.crawler")["adopted"])


@pytest.mark.parametrize("archived", [True, False])
def test_a_tenant_that_changed_since_the_plan_is_not_adopted_from(start: Start, archived: bool) -> None:
    """The apply of a saved plan does not adopt what the plan did not show, and does not create what it would adopt."""
    sandbox, workspace = start(adopting())
    workspace.apply().ok()
    (slug,) = slugs(sandbox)
    if archived:
        workspace.state("rm", "atlan_app.crawler").ok()
        workspace.plan("-out=plan").ok()
        archive(sandbox, slug)
    else:
        workspace.destroy().ok()
        workspace.plan("-out=plan").ok()
        create(sandbox, "bigquery prod")
    before = slugs(sandbox)
    workspace.run("apply", "-no-color", "plan").failed("inconsistent final plan")
    assert before == slugs(sandbox)
    assert [] == [each for each in workspace.resources() if each.startswith("atlan_app")]


def test_a_name_that_is_known_in_the_apply_is_adopted_with_a_warning(start: Start) -> None:
    """The plan cannot know the workflow, so it warns."""
    sandbox, workspace = start(adopting())
    workspace.apply().ok()
    (slug,) = slugs(sandbox)
    workspace.state("rm", "atlan_app.crawler").ok()
    workspace.write(adopting().replace('"bigquery prod"', "terraform_data.name.output") + NAME)
    assert "The apply may adopt an existing workflow" in workspace.plan().ok().output
    workspace.apply().ok()
    assert ([slug], True) == (slugs(sandbox), workspace.values("atlan_app.crawler")["adopted"])


def test_a_workflow_that_moves_to_an_address_with_an_unknown_name_exists_once(start: Start) -> None:
    """The plan shows a destroy, and a create that may adopt. The apply runs them in any order, and may fail once."""
    sandbox, workspace = start(adopting("old"))
    workspace.apply().ok()
    workspace.write(adopting("new").replace('"bigquery prod"', "terraform_data.name.output") + NAME)
    workspace.apply()
    workspace.apply()
    assert slugs(sandbox) == [workspace.values("atlan_app.new")["slug"]]
    assert {} == workspace.plan_changes()


def test_a_workflow_that_was_archived_outside_terraform_is_not_a_predecessor(start: Start) -> None:
    """The plan shows the adoption of another workflow that has the name now, and the apply adopts it."""
    sandbox, workspace = start(adopting())
    workspace.apply().ok()
    workspace.age()
    archive(sandbox, *slugs(sandbox))
    slug = create(sandbox, "bigquery prod")
    assert f"{slug} will be adopted" in workspace.plan().ok().output
    workspace.apply().ok()
    assert [slug] == slugs(sandbox) == [workspace.values("atlan_app.crawler")["slug"]]
