"""Secrets that cannot sign in: empty ones, and those of another form. Each is reported on its line, and never shown."""

import base64
import json
from typing import Any

import pytest

from tests.acceptance.conftest import Start
from tests.support.connections import NEW, app
from tests.support.sandbox import Sandbox
from tests.support.terraform import Result

CANARY = "c4nary"
PEM = f"-----BEGIN PRIVATE KEY-----\n{CANARY}\n-----END PRIVATE KEY-----\n"
ACCOUNT = json.dumps({"type": "service_account", "client_email": "it@example.com", "private_key": PEM})
LITERAL = "It contains \\n as two characters instead of line breaks."
WINDOWS = 'replace(replace(value, "\\\\r", ""), "\\\\n", "\\n")'
SNOWFLAKE = ("atlan-connectors-snowflake", "keypair")
BIGQUERY = ("atlan-connectors-bigquery", "basic")
VARIABLE = """
variable "secret" {
  type      = string
  ephemeral = true
}
"""


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def of_workflow(way: tuple[str, str], more: str = "password = var.secret") -> str:
    return VARIABLE + app(
        NEW,
        more=f"""credential_wo = {{
    connector_config_name = "{way[0]}"
    auth_type             = "{way[1]}"
    {more}
  }}
  credential_wo_version = 1""",
    )


def separate(way: tuple[str, str], more: str = "password_wo = var.secret") -> str:
    return f"""{VARIABLE}
resource "atlan_credential" "it" {{
  connector_config_name = "{way[0]}"
  auth_type             = "{way[1]}"
  secret_wo_version     = 1
  {more}
}}
"""


def raw(way: tuple[str, str], more: str) -> str:
    credential = f'{{ connectorConfigName = "{way[0]}", authType = "{way[1]}", {more} }}'
    return app(NEW, more=f"inputs = {{ credential = {credential} }}")


def found(result: Result, severity: str = "error") -> list[str]:
    """Return the summaries of a severity about the values of a credential.

    Terraform validates a configuration twice in a plan, so a warning can be there twice.
    """
    summaries = [each["summary"] for each in result.diagnostics if each["severity"] == severity]
    return sorted({*summaries} - {"A credential in inputs is stored in state"})


def writes(sandbox: Sandbox) -> list[str]:
    return [each["path"] for each in sandbox.writes()]


@pytest.mark.parametrize(
    ("configuration", "expected"),
    [
        pytest.param(of_workflow(BIGQUERY), "credential_wo.password is empty", id="of a workflow"),
        pytest.param(separate(BIGQUERY), "password_wo is empty", id="separate"),
        pytest.param(raw(BIGQUERY, 'password = " "'), "inputs.credential.password is empty", id="in inputs"),
        pytest.param(
            of_workflow(BIGQUERY, 'extra = { project_id = "" }'),
            "credential_wo.extra.project_id is empty",
            id="a required key",
        ),
        pytest.param(
            separate(BIGQUERY, "extra_wo = { project_id = var.secret }"),
            "extra_wo.project_id is empty",
            id="a required key of a separate credential",
        ),
        pytest.param(
            raw(BIGQUERY, 'extra = { project_id = "" }'),
            "inputs.credential.extra.project_id is empty",
            id="a required key in inputs",
        ),
    ],
)
def test_an_empty_secret_is_an_error(start: Start, configuration: str, expected: str) -> None:
    """The plan reports it, and the apply sends nothing."""
    sandbox, workspace = start(configuration)
    workspace.env["TF_VAR_secret"] = ""
    assert [expected] == found(workspace.plan("-json"))
    assert [expected] == found(workspace.apply("-json"))
    assert [] == writes(sandbox)


@pytest.mark.parametrize(
    ("configuration", "expected"),
    [
        (of_workflow(SNOWFLAKE, 'extra = { role = "" }'), "credential_wo.extra.role is empty"),
        (of_workflow(BIGQUERY, 'extra = { c4nary = "" }'), "credential_wo.extra[key 1] is empty"),
        (separate(BIGQUERY, 'extra = { other = "" }'), "extra.other is empty"),
        (separate(("atlan-connectors-other", "basic"), 'extra_wo = { key = "" }'), "extra_wo.key is empty"),
    ],
)
def test_an_empty_value_that_is_not_required_is_a_warning(start: Start, configuration: str, expected: str) -> None:
    """The sign-in type does not require the key, or is not known."""
    _, workspace = start(configuration)
    workspace.env["TF_VAR_secret"] = "x"
    result = workspace.plan("-json").ok()
    assert ([expected], False) == (found(result, "warning"), CANARY in expected)


@pytest.mark.parametrize("write", [of_workflow, separate])
@pytest.mark.parametrize(
    ("way", "secret", "expected"),
    [
        pytest.param(SNOWFLAKE, PEM.replace("\n", "\\n"), LITERAL, id="a key with literal line breaks"),
        pytest.param(SNOWFLAKE, PEM.replace("\n", "\\r\\n"), WINDOWS, id="a key with literal line breaks of Windows"),
        pytest.param(SNOWFLAKE, encoded(PEM), "It is base64. Decode it", id="a key in base64"),
        pytest.param(SNOWFLAKE, f"/home/{CANARY}/rsa_key.p8", "It is a path", id="a path to a key"),
        pytest.param(SNOWFLAKE, f"C:/{CANARY}/rsa_key.p8", "It is a path", id="a path with a drive"),
        pytest.param(SNOWFLAKE, json.dumps(PEM), "Remove jsonencode()", id="a key in quotation marks"),
        pytest.param(SNOWFLAKE, PEM.replace("\n", " "), "Its line breaks are missing", id="a key in one line"),
        pytest.param(BIGQUERY, encoded(f"\ufeff{ACCOUNT}"), "It is base64. Decode it", id="base64 with its BOM"),
        pytest.param(SNOWFLAKE, f"~/{CANARY}.p8", "It is a path", id="a path in the home directory"),
        pytest.param(SNOWFLAKE, PEM.replace("PRIVATE", "PUBLIC"), "but not a private key", id="a public key"),
        pytest.param(SNOWFLAKE, PEM[:40], "It is not complete", id="a part of a key"),
        pytest.param(BIGQUERY, ACCOUNT.replace("\\n", "\\\\n"), LITERAL, id="JSON with literal line breaks"),
        pytest.param(BIGQUERY, encoded(ACCOUNT), "It is base64. Decode it", id="JSON in base64"),
        pytest.param(BIGQUERY, f"./{CANARY}.json", "It is a path", id="a path to JSON"),
        pytest.param(BIGQUERY, PEM, "It is only the private key", id="the key alone"),
        pytest.param(BIGQUERY, ACCOUNT[:-2], "It is not valid JSON", id="a part of JSON"),
        pytest.param(BIGQUERY, json.dumps({"type": "service_account"}), "It has no client_email", id="no key"),
    ],
)
def test_a_secret_of_another_form_is_explained(
    start: Start, write: Any, way: tuple[str, str], secret: str, expected: str
) -> None:
    """Each mistake has its own sentence, and the secret is not shown."""
    sandbox, workspace = start(write(way))
    workspace.env["TF_VAR_secret"] = secret
    (error,) = workspace.plan("-json").errors
    assert (True, False) == (expected in error["detail"], CANARY in str(error))
    assert [] == writes(sandbox)


@pytest.mark.parametrize(
    ("configuration", "expected"),
    [
        (separate(BIGQUERY, f'host = "{CANARY}.example.com"'), "host is not a URL"),
        (of_workflow(SNOWFLAKE, f'host = "https://{CANARY}.example.com"'), "credential_wo.host is not a host name"),
        (
            raw(("atlan-connectors-postgres", "basic"), f'host = "https://{CANARY}.example.com"'),
            "inputs.credential.host is not a host name",
        ),
        (separate(BIGQUERY), "password_wo is not the JSON key of a service account"),
        (of_workflow(SNOWFLAKE), "credential_wo.password is not a private key in PEM form"),
    ],
)
def test_a_form_that_is_not_recognized_is_a_warning(start: Start, configuration: str, expected: str) -> None:
    """The service does not say which forms it accepts."""
    _, workspace = start(configuration)
    workspace.env["TF_VAR_secret"] = CANARY
    result = workspace.plan("-json").ok()
    told = [each["summary"] + each["detail"] for each in result.diagnostics]
    assert ([expected], []) == (found(result, "warning"), [each for each in told if CANARY in each])


@pytest.mark.parametrize(
    "configuration",
    [
        separate(BIGQUERY, 'password_wo = var.secret\n  host = "https://bigquery.googleapis.com"'),
        separate(("atlan-connectors-postgres", "basic"), 'password_wo = "x"\n  host = "db.example.com"'),
    ],
)
def test_a_valid_secret_is_silent(start: Start, configuration: str) -> None:
    """Neither the plan nor the apply reports anything."""
    _, workspace = start(configuration)
    workspace.env["TF_VAR_secret"] = ACCOUNT
    assert [] == workspace.plan("-json").ok().diagnostics
    assert [] == workspace.apply("-json").ok().diagnostics


@pytest.mark.parametrize("write", [of_workflow, separate])
def test_a_secret_that_is_known_only_in_the_apply_is_checked_there(start: Start, write: Any) -> None:
    """The plan succeeds, and the apply of another value sends nothing."""
    later = 'resource "terraform_data" "later" {\n  input = "/keys/rsa_key.p8"\n}\n'
    configuration = write(SNOWFLAKE).replace("var.secret", "terraform_data.later.output")
    sandbox, workspace = start(later + configuration)
    workspace.env["TF_VAR_secret"] = ""
    assert [] == found(workspace.plan("-json").ok())
    result = workspace.apply("-json").failed("It is a path instead of the content")
    assert 1 == len(found(result))
    assert [] == writes(sandbox)
