"""Write variables.tf: the values that a user can set, with their types, defaults and rules."""

from typing import Final

from scripts.lib.app_facts.apps import App
from scripts.lib.modules import credential_variables, input_variables, inputs
from scripts.lib.modules.declaring import heredoc, object_type, typed, unless_null, variable
from scripts.lib.modules.input_variables import object_rule

REFERENCE: Final = "^default/[^/[:space:]]+/[^/[:space:]]+$"
_ADMINS: Final = {
    "admin_users": "users who administer it, by name.",
    "admin_groups": "groups who administer it, by name.",
    "admin_roles": "roles who administer it, by guid: data.atlan_role returns it.",
}


def write(app: App) -> str:
    """Return variables.tf."""
    parts = [_name(), _connection(app), *credential_variables.write(app), _schedule()]
    shown = [input_variables.write(each) for each in inputs.fields(app) if not each.hidden]
    hidden = [input_variables.write(each) for each in inputs.fields(app) if each.hidden]
    if hidden:
        hidden[0] = "# Inputs that the web UI submits without showing them.\n\n" + hidden[0]
    return "\n".join([*parts, _agent(), *shown, *hidden, _more_inputs(), _adopt_existing()])


def references_only(app: App) -> bool:
    """Return True if the app uses the connection of another workflow, as a miner does."""
    return app.app_id.endswith("-miner")


def _name() -> str:
    return variable(
        "name",
        typed("The workflow's name, unique on the tenant. A change replaces the workflow.", "string"),
        ('trimspace(var.name) != ""', "name is empty: the service refuses it."),
    )


def _connection(app: App) -> str:
    if references_only(app):
        return _existing_connection(app)
    lines = [
        "The connection that the assets belong to: a new one, or an existing one by its qualified name.",
        "- name: the name of the connection. Unset: an existing one keeps its name, and a new one gets the name of the",
        "  workflow.",
        f"- qualified_name: an existing one, such as default/{app.connector_name}/1735689600.",
        *(f"- {name}: {meaning}" for name, meaning in _ADMINS.items()),
    ]
    fields = {"name": "optional(string)", "qualified_name": "optional(string)"}
    fields |= dict.fromkeys(_ADMINS, "optional(list(string))")
    attributes = typed(heredoc(lines), object_type(fields), nullable=False)
    return variable("connection", attributes, _reference(app))


def _existing_connection(app: App) -> str:
    lines = [
        "The connection whose history is mined. The first run of its crawler creates it.",
        f"- qualified_name: its qualified name, such as default/{app.connector_name}/1735689600.",
        "- name: its name, if the tenant does not return it.",
    ]
    kind = object_type({"qualified_name": "string", "name": "optional(string)"})
    return variable("connection", typed(heredoc(lines), kind, nullable=False), _reference(app))


def _reference(app: App) -> tuple[str, str]:
    matches = f'can(regex("{REFERENCE}", var.connection.qualified_name))'
    condition = matches if references_only(app) else f"var.connection.qualified_name == null ? true : {matches}"
    return condition, f"qualified_name has three segments, such as default/{app.connector_name}/1735689600."


def _schedule() -> str:
    lines = [
        "When the workflow runs; null for no schedule.",
        "- cron: five fields, such as 0 6 * * * for every day at six.",
        "- timezone: an IANA name, such as Europe/Berlin.",
    ]
    kind = object_type({"cron": "string", "timezone": 'optional(string, "UTC")'})
    return variable("schedule", typed(heredoc(lines), kind, default=None))


def _agent() -> str:
    text = (
        "An agent in your network that extracts instead of Atlan: an object or its JSON text. State contains it, so "
        "it must contain the places of secrets only, not the secrets."
    )
    condition, message = object_rule("agent_json")
    return variable("agent_json", typed(text, "any", default=None), (unless_null(condition, "agent_json"), message))


def _more_inputs() -> str:
    text = "Inputs without a variable in this module, by name. They take precedence over the variables."
    rule = ("can(keys(var.more_inputs))", "more_inputs is an object of inputs by name.")
    return variable("more_inputs", typed(text, "any", default={}, nullable=False), rule)


def _adopt_existing() -> str:
    text = (
        "Whether to adopt an existing workflow of the same name instead of failing, and its trigger with the times of "
        "the schedule. To remove it later without a credential, set the qualified_name of the connection instead."
    )
    return variable("adopt_existing", typed(text, "bool", default=False, nullable=False))
