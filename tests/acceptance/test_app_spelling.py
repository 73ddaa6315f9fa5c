"""Values that are only written in another form: a plan with nothing else has no changes, and any apply succeeds."""

import pytest

from tests.acceptance.conftest import Start

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


@forms
def test_another_form_alone_is_no_change(start: Start, before: tuple[str, str], after: tuple[str, str]) -> None:
    """The refresh has read the workflow, all values are known, and nothing else differs."""
    _, workspace = start(configuration(before))
    workspace.apply().ok()
    workspace.write(configuration(after))
    assert {} == workspace.plan_changes()


@forms
def test_another_form_beside_an_unknown_value_is_applied(
    start: Start, before: tuple[str, str], after: tuple[str, str]
) -> None:
    """The plan cannot know that the value stays the same. The apply stores the new form and publishes nothing."""
    sandbox, workspace = start(configuration(before))
    workspace.apply().ok()
    version = workspace.values("atlan_app.crawler")["version"]
    workspace.write(configuration(after))
    workspace.apply("-var=revision=two").ok()
    assert version == workspace.values("atlan_app.crawler")["version"]
    assert 0 == sum(each["method"] == "PUT" for each in sandbox.requests())
    assert {} == workspace.plan_changes("-var=revision=two")


@forms
def test_another_form_beside_a_change_is_published(
    start: Start, before: tuple[str, str], after: tuple[str, str]
) -> None:
    """Another attribute changes, so the apply publishes once."""
    sandbox, workspace = start(configuration(before))
    workspace.apply().ok()
    workspace.write(configuration(after).replace("  inputs = {", "  inputs_wo_version = 2\n  inputs = {"))
    workspace.apply().ok()
    assert 1 == sum(each["method"] == "PUT" for each in sandbox.requests())
    assert {} == workspace.plan_changes()


def test_another_form_after_an_import_with_a_later_value_is_applied(start: Start) -> None:
    """An import has the inputs in another form, and one value is known only in the apply."""
    _, workspace = start(configuration((OBJECT, ADMINS)))
    workspace.apply().ok()
    slug = workspace.values("atlan_app.crawler")["slug"]
    workspace.state("rm", "atlan_app.crawler").ok()
    workspace.write(
        configuration((FORMATTED, ADMINS)) + f'\nimport {{\n  to = atlan_app.crawler\n  id = "{slug}"\n}}\n'
    )
    workspace.apply("-var=revision=two").ok()
    assert {} == workspace.plan_changes("-var=revision=two")


@forms
def test_another_form_without_a_refresh_is_stored_and_not_published(
    start: Start, before: tuple[str, str], after: tuple[str, str]
) -> None:
    """Without a refresh, the apply stores the new form. The version stays, and nothing is sent."""
    sandbox, workspace = start(configuration(before))
    workspace.apply().ok()
    version = workspace.values("atlan_app.crawler")["version"]
    workspace.write(configuration(after))
    count = len(sandbox.requests())
    workspace.apply("-refresh=false").ok()
    assert [] == sandbox.requests()[count:]
    assert version == workspace.values("atlan_app.crawler")["version"]
    assert {} == workspace.plan_changes("-refresh=false")
