"""Write the tests of a module for `terraform test`: all inputs are published, and a wrong value is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from scripts.lib.app_facts import apps
from scripts.lib.app_facts.apps import App
from scripts.lib.app_facts.credentials import Way, ways
from scripts.lib.modules import inputs, resources, signing_in
from scripts.lib.modules.variables import references_only
from scripts.lib.shared.hcl import Expression, Value, block

SCHEDULE: Final = {"cron": "0 6 * * *", "timezone": "Europe/Berlin"}
ADMINS: Final = {"admin_users": ["admin"]}
_WRONG: Final[dict[str, Value]] = {
    "choice": "no-such-value",
    "object": "text",
    "json": "no JSON",
    "number": 1.5,
    "scope": ["bigquery"],
    "anchored": {"analytics": None},
    "catalogs": {"AwsDataCatalog": None},
    "lists": {"analytics": [None]},
    "ids": [None],
    "projects": "text",
}


@dataclass(frozen=True)
class Wrong:
    """A value that a variable refuses, and the start of the error message."""

    variable: str
    value: Value
    message: str


def least(app: App) -> dict[str, Value]:
    """Return the variables that a user must set, except the name."""
    connection = {"qualified_name": existing(app)} if references_only(app) else ADMINS
    scope = {each.name: inputs.example(app)[each.name] for each in inputs.fields(app) if each.required}
    return {"connection": connection, **credential(app), **scope}


def existing(app: App) -> str:
    """Return the qualified name of the connection that `least` refers to."""
    return f"default/{app.connector_name}/1735689600"


def credential(app: App, way: Way | None = None) -> dict[str, Value]:
    """Return the variables for signing in, with made-up values. The default is the first way of the app."""
    known = ways(app)
    if not known:
        return {}
    chosen = way or known[0]
    return signed_in(chosen, signing_in.least(chosen))


def signed_in(chosen: Way, given: Mapping[str, Value]) -> dict[str, Value]:
    """Return the variables for signing in with the values of some parameters."""
    mode = signing_in.mode(chosen)
    if not chosen.stored_separately:
        return {"credential": {chosen.method: dict(given)}, **mode}
    shown = {name: value for name, value in given.items() if name not in chosen.secrets}
    hidden = {name: value for name, value in given.items() if name in chosen.secrets}
    return {
        "credential": {chosen.method: shown},
        **({"credential_secrets": {chosen.method: hidden}} if hidden else {}),
        **mode,
    }


def wrong(app: App) -> Wrong:
    """Return one wrong value: of an input if the module checks one."""
    return next(iter(every_wrong(app)))


def every_wrong(app: App) -> list[Wrong]:
    """Return a wrong value for every variable that the module checks: first for inputs with a list of values."""
    found = [Wrong(each.name, _WRONG[each.kind], f"{each.name} ") for each in inputs.fields(app) if each.kind in _WRONG]
    own = sorted(found, key=lambda each: list(_WRONG.values()).index(each.value))
    everywhere = [Wrong("name", " ", "name is empty"), Wrong("more_inputs", "text", "more_inputs is an object")]
    return [*own, _wrong_connection(app), *everywhere]


def _wrong_connection(app: App) -> Wrong:
    return Wrong("connection", {"qualified_name": app.connector_name}, "qualified_name has three segments")


def write(app: App) -> str:
    """Return tests/<app>.tftest.hcl."""
    miner = references_only(app)
    parts = [_variables(app)]
    if miner:
        parts.append(_crawler_run())
    return "\n".join([*parts, _publishes(app), _refuses(app)])


def crawler(app: App) -> str | None:
    """Return tests/crawler/main.tf for a miner, whose connection exists after the first run of the crawler."""
    if not references_only(app):
        return None
    source = next(each for each in apps.load() if each.connector_name == app.connector_name and each.credentials)
    workflow = {
        "app_id": source.app_id,
        "entrypoint": source.entrypoint,
        "name": f"{app.app_id} module test crawler",
        "asset_connection": {"name": f"{app.app_id} module test", **ADMINS},
        "inputs": {"extraction_method": "direct"},
    }
    given = {name: value for name, value in workflow.items() if value is not None}
    run = {"slug": Expression("atlan_app.crawler.slug")}
    output = {
        "value": Expression("atlan_app.crawler.asset_connection.qualified_name"),
        "depends_on": Expression("[atlan_app_run.crawler]"),
    }
    comment = "# The connection of the miner: it exists after the first run of the crawler.\n"
    blocks = [
        block('resource "atlan_app" "crawler"', given),
        block('resource "atlan_app_run" "crawler"', run),
        block('output "qualified_name"', output),
    ]
    return f"{resources.VERSIONS}\n{comment}" + "\n".join(blocks)


def _variables(app: App) -> str:
    given = {"name": f"{app.app_id} module test"} | least(app)
    if references_only(app):
        del given["connection"]
    text = "# `terraform test` publishes to the tenant of ATLAN_BASE_URL and ATLAN_API_KEY, such as a sandbox.\n"
    return text + block("variables", given)


def _crawler_run() -> str:
    return block('run "crawler"', {}, block("module", {"source": "./tests/crawler"}))


def _connection(app: App) -> dict[str, Value]:
    reference = {"qualified_name": Expression("run.crawler.qualified_name")}
    return {"connection": reference} if references_only(app) else {}


def _publishes(app: App) -> str:
    given = _connection(app) | {"schedule": SCHEDULE} | inputs.example(app)
    given = {name: value for name, value in given.items() if name not in least(app) or name == "connection"}
    asserts = [
        ("atlan_app.this.version > 0", "Nothing was published."),
        ("output.trigger_id != null", "There is no schedule."),
        (_all_published(app), "Not every input was published."),
    ]
    if signing_in.own(app):
        asserts.append(('output.credential_guid != ""', "No credential was stored."))
    return block('run "publishes_every_input"', {}, block("variables", given), *(_assert(*each) for each in asserts))


def _all_published(app: App) -> str:
    """Return the condition that all inputs are published.

    The module adds the extraction method, the agent, and for some apps the guid of a credential.
    """
    number = len(inputs.example(app)) + 2 + len(signing_in.apart(app)[:1])
    return f"length(atlan_app.this.inputs) == {number}"


def _assert(condition: str, message: str) -> str:
    return block("assert", {"condition": Expression(condition), "error_message": message})


def _refuses(app: App) -> str:
    refused = wrong(app)
    given = _connection(app) | {refused.variable: refused.value}
    attributes = {"command": Expression("plan"), "expect_failures": Expression(f"[var.{refused.variable}]")}
    return block(f'run "refuses_a_wrong_{refused.variable}"', attributes, block("variables", given))
