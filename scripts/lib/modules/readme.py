"""Write the README.md of a module, and the index of all modules."""

from collections.abc import Iterable
from typing import Final

from scripts.lib.app_facts.apps import App
from scripts.lib.app_facts.credentials import Way, ways
from scripts.lib.modules import inputs, resources, signing_in, trial
from scripts.lib.modules.inputs import Field
from scripts.lib.modules.variables import references_only
from scripts.lib.shared.hcl import Expression, Value, block, value

KINDS: Final = {
    "bool": "bool",
    "string": "string",
    "number": "number",
    "list(string)": "list of strings",
    "map(list(string))": "map of lists of strings",
}
_MINES: Final = """
It uses the connection and the credential of its crawler. The connection exists after the first successful run of the
crawler. The output `connection_qualified_name` of the crawler's module has its qualified name.
"""
_SENT: Final = "Set it for every plan. It is sent on create, and again when `credential_version` is raised."
_DEFAULTS: Final = """
Every input is published, with the default that the web UI and the vendor's SDK send. `null` leaves an input out, and
the app uses its own default. For a filter, `null` is the default here.
"""
_SHOWN_INPUTS: Final = "The web UI shows these inputs:"
_HIDDEN_INPUTS: Final = "The web UI submits these inputs without showing them:"
_SHOWN: Final = {
    "accountid": "123456789012",
    "admin_api": "true",
    "authsource": "admin",
    "client_id": "00000000-0000-4000-8000-000000000001",
    "database": "analytics",
    "database_name": "ANALYTICS",
    "default_database": "analytics",
    "disable_ssl_verification": "false",
    "email": "atlan@my-project.iam.gserviceaccount.com",
    "enable_tls_https": "true",
    "http_path": "/sql/1.0/warehouses/1234567890abcdef",
    "include_schema_registry": "false",
    "native_host": "mongodb.example.com",
    "noauth security_protocol": "PLAINTEXT",
    "project_id": "my-project",
    "protocol": "https",
    "region": "eu-central-1",
    "s3_output_location": "s3://example/athena/",
    "security_protocol": "SASL_SSL",
    "sid": "ORCL",
    "ssl": "true",
    "tenant_id": "00000000-0000-4000-8000-000000000002",
    "username": "atlan",
}
"""The values of parameters in the example, for one way to sign in or for all ways."""


def write(app: App) -> str:
    """Return README.md."""
    parts = [_head(app), _usage(app), *_signing_in(app), _variables(app), _outputs(), _test(app)]
    return "\n".join(parts)


def index(known: Iterable[App]) -> str:
    """Return the README.md of the folder of all modules."""
    rows = [f"| [{app.app_id}]({app.app_id}/README.md) | {_connector(app)} | {_ways(app)} |" for app in known]
    table = "\n".join(["| module | connector | ways to sign in |", "| --- | --- | --- |", *rows])
    return f"""# Modules

There is a Terraform module for each app. Its inputs are typed variables that a plan checks. Its credential is a
variable that no plan and no state contains. It has a connection and an optional schedule. Copy the folder of the app,
or use it as `source`. `scripts/modules` writes these files: edit them only in your copy.

{table}
"""


def _connector(app: App) -> str:
    return f"`{app.connector_name}`"


def _ways(app: App) -> str:
    if references_only(app):
        return "its crawler's connection"
    return ", ".join(f"`{way.method}`" for way in ways(app)) or "none"


def _head(app: App) -> str:
    called = f"`{app.app_id}`" + (f", entrypoint `{app.entrypoint}`" if app.entrypoint else "")
    return f"""# {app.app_id}

A workflow of the app {called}, with its connection{", its credential" if app.credentials else ""} and a schedule.
It needs Terraform or OpenTofu 1.11, and `ATLAN_BASE_URL` and `ATLAN_API_KEY` in the environment.
{_MINES if references_only(app) else ""}"""


def _usage(app: App) -> str:
    label = app.label
    job = f"{app.connector_name}-miner" if references_only(app) else app.connector_name
    given: dict[str, Value] = {"source": f"./{app.app_id}", "name": f"{job}-production"}
    shown = {name: value for name, value in trial.least(app).items() if not name.startswith("credential")}
    usage = block(f'module "{label}"', given | shown | _signed_in(app) | {"schedule": trial.SCHEDULE})
    known = ways(app)
    secrets = [_secret_variable(name) for name in _secrets(known[0])] if known else []
    return "## Usage\n\n```hcl\n" + "\n".join([usage, *secrets]) + "```\n"


def _secret_variable(name: str) -> str:
    return block(f'variable "{name}"', {"type": Expression("string"), "sensitive": True, "ephemeral": True})


def _secrets(way: Way) -> list[str]:
    return [each.name for each in signing_in.entries(way) if each.required and each.secret]


def _signed_in(app: App) -> dict[str, Value]:
    """Return the variables of the credential, with a reference for each secret."""
    known = ways(app)
    if not known:
        return {}
    shown = {name: _example(known[0], name) for name in [*_host(known[0]), *signing_in.least(known[0])]}
    if not known[0].stored_separately:
        return {"credential": {known[0].method: shown}, **signing_in.mode(known[0])}
    secret = {name: value for name, value in shown.items() if name in known[0].secrets}
    others = {name: value for name, value in shown.items() if name not in secret}
    return {"credential": {known[0].method: others}, "credential_secrets": {known[0].method: secret}}


def _host(way: Way) -> list[str]:
    """Return the name of the host's parameter if it has no default."""
    return [each.name for each in signing_in.entries(way) if each.name == "host" and each.default is None]


def _example(way: Way, name: str) -> Value:
    if name in way.secrets:
        return Expression(f"var.{name}")
    if name == "host":
        return f"{way.app.connector_name}.example.com"
    return _SHOWN.get(f"{way.method} {name}") or _SHOWN[name]


def _signing_in(app: App) -> list[str]:
    known = ways(app)
    if not known:
        return []
    what = "`credential` contains one way to sign in, by its name."
    if signing_in.apart(app):
        what = (
            "`credential` contains `api`, or one way for the object store. `credential_secrets` contains the secrets."
        )
    rows = [f"| `{way.method}` | {_asked(way, required=True)} | {_asked(way, required=False)} |" for way in known]
    table = "\n".join(["| way | needs | takes |", "| --- | --- | --- |", *rows])
    return [f"## Signing in\n\n{what}\n{_SENT}\n\n{table}\n"]


def _asked(way: Way, *, required: bool) -> str:
    found = [each for each in signing_in.entries(way) if each.required is required]
    return ", ".join(f"`{each.name}`" + (" (secret)" if each.secret else "") for each in found)


def _variables(app: App) -> str:
    found = inputs.fields(app)
    required = ["name", "connection", *(each.name for each in found if each.required)]
    named = " and ".join([", ".join(f"`{name}`" for name in required[:-1]), f"`{required[-1]}`"])
    text = f"""## Variables

{named} have no default. `schedule`, `agent_json`, `credential_guid`, `adopt_existing`
and `more_inputs`, for inputs that are not listed here, are described in [variables.tf](variables.tf).
"""
    shown, hidden = ([each for each in found if each.hidden is which] for which in (False, True))
    defaults = _DEFAULTS if any(each.left_out_if_null or each.is_filter for each in found) else ""
    return text + defaults + _table(_SHOWN_INPUTS, shown) + _table(_HIDDEN_INPUTS, hidden)


def _table(heading: str, found: list[Field]) -> str:
    head = ["| variable | type | default | meaning |", "| --- | --- | --- | --- |"]
    return "\n".join(["", heading, "", *head, *map(_row, found), ""]) if found else ""


def _row(field: Field) -> str:
    kind = " or ".join(f"`{each}`" for each in field.allowed) if field.kind == "choice" else _type(field)
    return f"| `{field.name}` | {kind} | {_default(field)} | {field.meaning.replace('|', chr(92) + '|')} |"


def _type(field: Field) -> str:
    if field.kind in ("object", "projects"):
        return "object or JSON text" if field.text_too else "object"
    return "JSON text" if field.kind == "json" else KINDS[field.type]


def _default(field: Field) -> str:
    if field.required:
        return ""
    return f"`{value(field.default)}`"


def _outputs() -> str:
    rows = [f"| `{name}` | {meaning} |" for name, (meaning, _) in resources.OUTPUTS.items()]
    return "\n".join(["## Outputs\n", "| output | meaning |", "| --- | --- |", *rows, ""])


def _test(app: App) -> str:
    return f"""## Test

`terraform init && terraform test` runs [{app.app_id}.tftest.hcl](tests/{app.app_id}.tftest.hcl)
against the tenant of the environment, such as a sandbox, and archives the workflow at the end.
"""
