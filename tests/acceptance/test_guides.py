"""The guides: their configurations and commands do what the text says."""

import re
import shutil
from typing import Any, get_type_hints

import pytest

from scripts.lib.shared.mirror import ROOT
from tests.acceptance.conftest import Start
from tests.support.runs import statuses
from tests.support.sandbox import Sandbox
from tests.support.terraform import Workspace
from tests.support.ui import add_schedule, args, create, live, publish
from tests.support.vendor_sdk import AtlanClient

SECRETS = ("snowflake_password", "dbt_token", "bigquery_key", "service_account_json")


def guide(name: str) -> str:
    """Return the text of a guide's page."""
    return (ROOT / "docs" / "guides" / f"{name}.md").read_text(encoding="utf-8")


def begin(start: Start, name: str, **options: Any) -> tuple[Sandbox, Workspace]:
    """Return a sandbox and a workspace with a guide's files and the variables of its secrets."""
    sandbox, workspace = start(run_seconds=0, **options)
    shutil.copytree(ROOT / "examples" / "guides" / name, workspace.directory, dirs_exist_ok=True)
    workspace.env |= {f"TF_VAR_{each}": f"the first {each}" for each in SECRETS}
    return sandbox, workspace


def test_getting_started(start: Start) -> None:
    """One apply creates and runs the workflow, a plan has no changes, and a typo is the error on the page."""
    sandbox, workspace = begin(start, "getting-started")
    workspace.apply().ok()
    (made,) = live(sandbox)
    assert [("0 6 * * *", "Europe/Berlin")] == [(each["cron"], each["timezone"]) for each in made["schedules"]]
    assert ["Succeeded"] == statuses(sandbox)
    workspace.plan("-detailed-exitcode").ok()
    main = (workspace.directory / "main.tf").read_text(encoding="utf-8")
    workspace.write(main.replace("enable_lineage    =", "enable_linage     ="))
    (told,) = re.findall(r"^Error: .*", guide("getting-started"), re.MULTILINE)
    workspace.plan().failed(told)


def test_modules(start: Start) -> None:
    """The copied module creates the workflow and its schedule with the default of each optional variable."""
    sandbox, workspace = begin(start, "modules")
    shutil.copytree(ROOT / "examples" / "modules" / "bigquery-crawler", workspace.directory / "bigquery-crawler")
    workspace.init().ok()
    workspace.apply().ok()
    (made,) = live(sandbox)
    assert ["0 6 * * *"] == [each["cron"] for each in made["schedules"]]
    assert sandbox.verify(args(sandbox, made["slug"])["credential_guid"], password="the first service_account_json")
    workspace.plan("-detailed-exitcode").ok()


def test_importing_what_exists(start: Start) -> None:
    """The commands import the workflow and its schedules, and change neither."""
    sandbox, workspace = begin(start, "importing-what-exists", surface_schedules=True)
    slug = create(sandbox, "snowflake-production", "snowflake-crawler", enable_lineage=False)
    for cron in ("0 6 * * *", "0 18 * * *"):
        add_schedule(sandbox, slug, cron=cron, timezone="Europe/Berlin")
    before = live(sandbox)
    workspace.plan("-generate-config-out=snowflake.tf", "-out=plan.tfplan").ok()
    applied = workspace.apply("plan.tfplan").ok()
    assert "Apply complete! Resources: 3 imported, 0 added, 0 changed, 0 destroyed." in applied.stdout
    assert before == live(sandbox)
    workspace.plan("-detailed-exitcode").ok()


def are_stored(sandbox: Sandbox, which: str) -> list[bool]:
    """Return if the secret of the workflow is stored, and if the secret of the separate credential is stored."""
    (made,) = live(sandbox)
    of_workflow = args(sandbox, made["slug"])["credential_guid"]
    (own,) = [each["guid"] for each in sandbox.credentials() if each["name"] == "dbt-production"]
    secrets = {of_workflow: f"{which} snowflake_password", own: f"{which} dbt_token"}
    return [sandbox.verify(guid, password=secret) for guid, secret in secrets.items()]


def test_rotating_secrets(start: Start) -> None:
    """A higher version sends the new secret in place. A plan with the old version would send it again."""
    sandbox, workspace = begin(start, "rotating-secrets")
    workspace.apply().ok()
    assert [True, True] == are_stored(sandbox, "the first")
    (before,) = live(sandbox)
    workspace.env |= {f"TF_VAR_{each}": f"the second {each}" for each in SECRETS}
    raised = [f"-var={each}_version=2" for each in ("snowflake_password", "dbt_token")]
    assert "Resources: 0 added, 2 changed, 0 destroyed." in workspace.apply(*raised).ok().stdout
    assert [True, True] == are_stored(sandbox, "the second")
    assert [before["slug"]] == [each["slug"] for each in live(sandbox)]
    assert "Plan: 0 to add, 2 to change, 0 to destroy." in workspace.plan().ok().stdout


def test_runs_in_ci(start: Start) -> None:
    """The exit codes equal those on the page, an apply of a plan needs the secret only, and drift is reported.

    An edit of an input that is not configured changes nothing.
    """
    sandbox, workspace = begin(start, "runs-in-ci")
    assert 2 == workspace.plan("-input=false", "-out=plan.tfplan", "-detailed-exitcode").returncode
    secret = workspace.env.pop("TF_VAR_bigquery_key")
    workspace.apply("-input=false", "plan.tfplan").failed("bigquery_key")
    assert [] == live(sandbox)
    workspace.env["TF_VAR_bigquery_key"] = secret
    workspace.apply("-input=false", "plan.tfplan").ok()
    assert ["Succeeded"] == statuses(sandbox)
    watch = ("-input=false", "-detailed-exitcode", "-lock=false")
    (made,) = live(sandbox)
    publish(sandbox, made["slug"], hidden_datasets=True)
    workspace.plan(*watch).ok()
    publish(sandbox, made["slug"], extraction_method="agent")
    drifted = workspace.plan(*watch)
    assert (2, True) == (drifted.returncode, "atlan_app.bigquery will be updated in-place" in drifted.stdout)


def test_from_the_sdk(start: Start) -> None:
    """The configuration for the calls of the SDK is applied at once, and a plan has no changes."""
    sandbox, workspace = begin(start, "from-the-sdk")
    create(sandbox, "bigquery-miner-production", "bigquery-miner")
    workspace.apply().ok()
    assert ["Succeeded", "Succeeded"] == statuses(sandbox)
    workspace.plan("-detailed-exitcode").ok()


def test_every_call_of_the_sdk_has_its_place_in_the_guide() -> None:
    """The table of the guide contains each call of the SDK, and no other."""
    calls = {name for name in dir(get_type_hints(AtlanClient.app.fget)["return"]) if not name.startswith("_")}
    table = [line for line in guide("from-the-sdk").splitlines() if line.startswith("| `client.app.")]
    assert calls == set(re.findall(r"client\.app\.(\w+)", "\n".join(table)))


@pytest.mark.parametrize("name", ["getting-started", "runs-in-ci", "rotating-secrets", "from-the-sdk"])
def test_a_guides_secrets_are_ephemeral(name: str) -> None:
    """Each variable that a guide sets by the environment is ephemeral, so no plan file contains it."""
    text = guide(name)
    given = set(re.findall(r"TF_VAR_(\w+)", text)) or set(re.findall(r"= var\.(\w+_key)", text))
    assert given
    for each in given:
        assert re.search(rf'variable "{each}" {{[^}}]*ephemeral = true', text)
