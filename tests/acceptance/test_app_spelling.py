"""Values that are only written in another form: a plan with nothing else has no changes, and any apply succeeds."""

import pytest

from tests.acceptance.conftest import Start
from tests.support.adoption import adopting
from tests.support.configurations import schedule
from tests.support.sandbox import Sandbox
from tests.support.schedules import FOLLOWS, triggers, with_lines
from tests.support.terraform import Workspace

ADDRESS = "atlan_app.crawler"
WORKFLOW = """
variable "revision" { default = "one" }
resource "terraform_data" "hidden" {
  input            = true
  triggers_replace = var.revision
}

resource "atlan_app" "crawler" {
  app_id           = "bigquery-crawler"
  entrypoint       = "crawler"
  name             = "bigquery prod"
  asset_connection = { name = "bigquery", admin_users = %(admins)s }
  inputs = {
    include_filter  = %(filter)s
    hidden_datasets = terraform_data.hidden.output
  }
}
"""
OBJECT = '{ "^a$" = ["^b$"], "^c$" = [] }'
TEXT = f"jsonencode({OBJECT})"
FORMATTED = '<<-TEXT\n{ "^c$": [],\n  "^a$": ["^b$"] }\nTEXT\n'
MAP = f"tomap({OBJECT})"
ADMINS = '["admin", "other"]'

FORMS = {
    "an object as text": ((OBJECT, ADMINS), (TEXT, ADMINS)),
    "text as an object": ((TEXT, ADMINS), (OBJECT, ADMINS)),
    "text with another layout": ((TEXT, ADMINS), (FORMATTED, ADMINS)),
    "an object as a map": ((OBJECT, ADMINS), (MAP, ADMINS)),
    "admins in another order": ((OBJECT, ADMINS), (OBJECT, '["other", "admin"]')),
}
"""The filter and the admins of a configuration, before and after."""
forms = pytest.mark.parametrize(("before", "after"), FORMS.values(), ids=FORMS)


def configuration(form: tuple[str, str]) -> str:
    return WORKFLOW % dict(zip(("filter", "admins"), form, strict=True))


def applied(start: Start, form: tuple[str, str]) -> tuple[Sandbox, Workspace, int]:
    """Return a workspace that has applied the configuration, and the version that it has published."""
    sandbox, workspace = start(configuration(form))
    workspace.apply().ok()
    return sandbox, workspace, workspace.values(ADDRESS)["version"]


def puts(sandbox: Sandbox) -> int:
    """Return the number of publishes after the create."""
    return sum(each["method"] == "PUT" for each in sandbox.requests())


@forms
def test_another_form_alone_is_no_change(start: Start, before: tuple[str, str], after: tuple[str, str]) -> None:
    """The refresh has read the workflow, all values are known, and nothing else differs."""
    _, workspace, _ = applied(start, before)
    workspace.write(configuration(after))
    assert {} == workspace.plan_changes()


@forms
def test_another_form_beside_an_unknown_value_is_applied(
    start: Start, before: tuple[str, str], after: tuple[str, str]
) -> None:
    """The plan cannot know that the value stays the same. The apply stores the new form and publishes nothing."""
    sandbox, workspace, version = applied(start, before)
    workspace.write(configuration(after))
    workspace.apply("-var=revision=two").ok()
    assert (version, 0) == (workspace.values(ADDRESS)["version"], puts(sandbox))
    assert {} == workspace.plan_changes("-var=revision=two")


@forms
def test_another_form_beside_a_change_is_published(
    start: Start, before: tuple[str, str], after: tuple[str, str]
) -> None:
    """Another attribute changes, so the apply publishes once."""
    sandbox, workspace, _ = applied(start, before)
    workspace.write(configuration(after).replace("  inputs = {", "  inputs_wo_version = 2\n  inputs = {"))
    workspace.apply().ok()
    assert 1 == puts(sandbox)
    assert {} == workspace.plan_changes()


def test_another_form_after_an_import_with_a_later_value_is_applied(start: Start) -> None:
    """An import has the inputs in another form, and one value is known only in the apply."""
    _, workspace, _ = applied(start, (OBJECT, ADMINS))
    slug = workspace.values(ADDRESS)["slug"]
    workspace.state("rm", ADDRESS).ok()
    workspace.write(
        configuration((FORMATTED, ADMINS)) + f'\nimport {{\n  to = atlan_app.crawler\n  id = "{slug}"\n}}\n'
    )
    workspace.apply("-var=revision=two").ok()
    assert {} == workspace.plan_changes("-var=revision=two")


@pytest.mark.parametrize("inputs", ["{}", "{ hidden_datasets = null }"])
def test_no_inputs_and_empty_ones_have_the_same_meaning(start: Start, inputs: str) -> None:
    """In both directions, nothing is published, and a schedule that follows the version keeps its trigger."""
    following = with_lines(schedule(), FOLLOWS)
    sandbox, workspace = start(adopting() + following, surface_schedules=True)
    workspace.apply().ok()
    before = triggers(sandbox)
    for more in (f"inputs = {inputs}", ""):
        workspace.write(adopting(more=more) + following)
        workspace.apply().ok()
        assert {} == workspace.plan_changes()
    assert (0, before) == (puts(sandbox), triggers(sandbox))


@forms
def test_another_form_without_a_refresh_is_stored_and_not_published(
    start: Start, before: tuple[str, str], after: tuple[str, str]
) -> None:
    """Without a refresh, the apply stores the new form. The version stays, and nothing is sent."""
    sandbox, workspace, version = applied(start, before)
    workspace.write(configuration(after))
    count = len(sandbox.requests())
    workspace.apply("-refresh=false").ok()
    assert (version, []) == (workspace.values(ADDRESS)["version"], sandbox.requests()[count:])
    assert {} == workspace.plan_changes("-refresh=false")
