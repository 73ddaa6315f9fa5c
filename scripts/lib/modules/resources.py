"""Write main.tf, outputs.tf and versions.tf: the workflow, its schedule, and the stored credentials."""

from collections.abc import Mapping
from typing import Final

from scripts.lib.app_facts.apps import App
from scripts.lib.app_facts.credentials import Way, apart, write_only
from scripts.lib.modules import inputs, signing_in
from scripts.lib.modules.variables import references_only
from scripts.lib.shared.hcl import Expression, Value, block, value

VERSIONS: Final = block(
    "terraform",
    {"required_version": ">= 1.11"},
    block("required_providers", {"atlan": {"source": "atlanhq/atlan", "version": "~> 0.1"}}),
)
"""The text of versions.tf."""

OUTPUTS: Final = {
    "slug": ("The slug of the workflow on the tenant.", "atlan_app.this.slug"),
    "published_version": (
        "The version that Terraform published last, for the triggers of a run.",
        "atlan_app.this.published_version",
    ),
    "version": (
        "The published version. Each publish creates another one, also one in the web UI.",
        "atlan_app.this.version",
    ),
    "connection_qualified_name": (
        "The qualified name of the connection, for example for a miner.",
        "atlan_app.this.asset_connection.qualified_name",
    ),
    "credential_guid": (
        "The guid of the stored credential that the workflow signs in with.",
        "atlan_app.this.credential_guid",
    ),
    "trigger_id": (
        "The trigger id of the schedule; null without a schedule.",
        "one(atlan_app_schedule.this[*].trigger_id)",
    ),
}
"""The description and the expression of each output."""


def outputs() -> str:
    """Return outputs.tf."""
    return "\n".join(
        block(f'output "{name}"', {"description": meaning, "value": Expression(text)})
        for name, (meaning, text) in OUTPUTS.items()
    )


def write(app: App) -> str:
    """Return main.tf."""
    parts = [_locals(app), *(_credential(way) for way in signing_in.apart(app)), _workflow(app), _schedule()]
    return "\n".join(part for part in parts if part)


def _locals(app: App) -> str:
    """Return the block with the local values, or an empty text if the app needs none."""
    parts = []
    if optional := _inputs(app, left_out_if_null=True):
        comment = "  # An input that is null is not published: the app uses its default.\n"
        parts.append(f"{comment}  inputs = {value(optional, 1)}\n")
    if app.credentials:
        parts.append(f"  # True if the workflow needs a credential.\n  signs_in = {_signs_in(app)}\n")
    if signing_in.own(app):
        written = value([_credential_wo(way) for way in signing_in.own(app)], 1)
        parts.append(f"  # At most one of these is set.\n  credentials = {written}\n")
    return "locals {\n" + "\n".join(parts) + "}\n" if parts else ""


def _inputs(app: App, *, left_out_if_null: bool) -> dict[str, Expression]:
    """Return the expressions of the inputs that null leaves out, or of the others."""
    found = [each for each in inputs.fields(app) if each.left_out_if_null is left_out_if_null]
    return {each.name: Expression(each.sent) for each in found}


def _signs_in(app: App) -> str:
    conditions = ["var.connection.qualified_name == null", "var.agent_json == null", "!var.adopt_existing"]
    conditions += [f"var.{name} == null" for name in signing_in.guid_inputs(app)]
    conditions += [_has_value(app, name, needed) for name, needed in app.credential_needed_if.items()]
    lines = " &&\n".join(f"    {each}" for each in conditions)
    return f"(\n{lines}\n  )"


def _has_value(app: App, name: str, value: str) -> str:
    return f'coalesce(var.{name}, "{_default(app, name)}") == "{value}"'


def _method(app: App) -> str:
    default = _default(app, "extraction_method")
    return f'var.agent_json == null ? "{default}" : "agent"'


def _default(app: App, name: str) -> Value:
    return next(each.default for each in app.inputs if each.name == name)


def _credential_wo(way: Way) -> Expression:
    """Return the credential of one way. It is null if the way is not set, and so is its ``extra`` if it is empty."""
    written = write_only(way, _references(way))
    if "extra" in written:
        written["extra"] = _without_nulls(way, written["extra"], 3)
        if not way.extra_from.keys() & _always_set(way):
            written["extra"] = Expression(
                f"one([for extra in [{value(written['extra'])}] : extra if length(extra) > 0])"
            )
    return Expression(f"var.credential.{way.method} == null ? null : {value(written, 2)}")


def _references(way: Way) -> dict[str, Expression]:
    return {each.name: Expression(_reference(way, each.name, each.secret)) for each in signing_in.entries(way)}


def _reference(way: Way, name: str, secret: bool) -> str:
    if way.stored_separately and secret:
        return f"try(var.credential_secrets.{way.method}.{name}, null)"
    return f"var.credential.{way.method}.{name}"


def _without_nulls(way: Way, extra: Value, depth: int) -> Value:
    """Return the object without the optional keys that are not set."""
    if isinstance(extra, Mapping) and extra.keys() <= _always_set(way):
        return extra
    return Expression(f"{{ for name, value in {value(extra, depth)} : name => value if value != null }}")


def _always_set(way: Way) -> set[str]:
    """Return the keys of ``extra`` that always have a value."""
    found = {each.name for each in signing_in.entries(way) if each.always_set}
    return {key for key, name in way.extra_from.items() if name in found}


def _credential(way: Way) -> str:
    """Return the ``atlan_credential`` of one way. It exists if the way is set."""
    written = apart(way, _references(way))
    written["secret_wo_version"] = Expression("coalesce(var.credential_version, 1)")
    if not way.secrets:
        del written["secret_wo_version"]
    for name in ("extra", "extra_wo"):
        if name in written:
            written[name] = _without_nulls(way, written[name], 1)
    count = {"count": Expression(f"var.credential.{way.method} == null ? 0 : 1")}
    return block(f'resource "atlan_credential" "{way.method}"', count | written)


def _workflow(app: App) -> str:
    written = {
        "app_id": app.app_id,
        "entrypoint": app.entrypoint,
        "name": Expression("var.name"),
        "adopt_existing": Expression("var.adopt_existing ? true : null"),
        "asset_connection": _connection(app),
        "inputs": Expression(_published(app)),
        **_own_credential(app),
        "credential_guid": Expression("var.credential_guid"),
    }
    return block('resource "atlan_app" "this"', {name: each for name, each in written.items() if each is not None})


def _connection(app: App) -> dict[str, Expression]:
    if references_only(app):
        return {name: Expression(f"var.connection.{name}") for name in ("qualified_name", "name")}
    names = ("name", "qualified_name", "admin_users", "admin_groups", "admin_roles")
    return {name: Expression(f"var.connection.{name}") for name in names}


def _published(app: App) -> str:
    """Return the expression for the inputs. If a guid or a filter is unknown, the other inputs stay known."""
    framed = {"extraction_method": Expression(_method(app)), "agent_json": Expression("var.agent_json")}
    given = [value(framed | _inputs(app, left_out_if_null=False), 2)]
    if _inputs(app, left_out_if_null=True):
        given.append("{ for name, value in local.inputs : name => value if value != null }")
    guids = [f"var.{name} == null ? {{}} : {{ {name} = var.{name} }}" for name in signing_in.guid_inputs(app)]
    made = [
        f"var.credential.{way.method} == null ? {{}} : {{ {way.input_field} = atlan_credential.{way.method}[0].guid }}"
        for way in signing_in.apart(app)
    ]
    lines = "".join(f"    {part},\n" for part in [*given, *guids, *made, "var.more_inputs"])
    return f"merge(\n{lines}  )"


def _own_credential(app: App) -> dict[str, Expression]:
    if not signing_in.own(app):
        return {}
    given = "one([for credential in local.credentials : credential if credential != null])"
    version = "local.signs_in ? coalesce(var.credential_version, 1) : var.credential_version"
    return {"credential_wo": Expression(given), "credential_wo_version": Expression(version)}


def _schedule() -> str:
    written = {
        "count": Expression("var.schedule == null ? 0 : 1"),
        "slug": Expression("atlan_app.this.slug"),
        "cron": Expression("var.schedule.cron"),
        "timezone": Expression("var.schedule.timezone"),
        "app_version": Expression("atlan_app.this.published_version"),
        "adopt_existing": Expression("var.adopt_existing ? true : null"),
    }
    comment = "# A schedule runs the version that it is attached to: each publish by Terraform attaches it again.\n"
    return comment + block('resource "atlan_app_schedule" "this"', written)
