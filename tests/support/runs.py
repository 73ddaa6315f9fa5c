"""Workflows to run, and configurations that run them."""

from typing import Any

from tests.acceptance.conftest import Start
from tests.support.configurations import CONNECTION
from tests.support.sandbox import Sandbox
from tests.support.terraform import Workspace

NOW = "atlan_app_run.now"

RUN_OF_CRAWLER = """
resource "atlan_app_run" "now" {
  slug                = atlan_app.crawler.slug
  wait_for_completion = false
}
"""
"""A run of the workflow ``atlan_app.crawler``, for which the apply does not wait."""


def workflow(sandbox: Sandbox, name: str = "bigquery prod") -> str:
    """Create a workflow without Terraform, and return its slug."""
    body = {"app_id": "bigquery-crawler", "name": name, "inputs": {"connection": CONNECTION}, "run": False}
    answer = sandbox.call("POST", "/api/service/v1/app", body)
    assert answer.status == 200, answer.text
    slug: str = answer.json["slug"]
    return slug


def run(slug: str, more: str = "", label: str = "now") -> str:
    """Return a run of that workflow."""
    return f"""
resource "atlan_app_run" "{label}" {{
  slug = "{slug}"
  {more}
}}
"""


def started(start: Start, more: str = "", **options: Any) -> tuple[Sandbox, Workspace, str]:
    """Return a sandbox with a workflow, a workspace whose configuration runs it, and the slug."""
    sandbox, workspace = start(**options)
    slug = workflow(sandbox)
    workspace.write(run(slug, more))
    return sandbox, workspace, slug


def runs(sandbox: Sandbox) -> list[dict[str, Any]]:
    """Return the runs of every workflow, oldest first within a workflow."""
    return [each for workflow in sandbox.workflows() for each in workflow["runs"]]


def statuses(sandbox: Sandbox) -> list[str]:
    return [each["status"] for each in runs(sandbox)]


def sent(sandbox: Sandbox, method: str, ending: str) -> int:
    """Return the number of such requests."""
    return len([each for each in sandbox.requests() if each["method"] == method and each["path"].endswith(ending)])
