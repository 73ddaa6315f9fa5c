"""variables.tf: what a user of a module may set, each with its type, its default and what is allowed."""

from typing import Any, Final

from scripts.generator.apps import App
from scripts.generator.credentials import Way
from scripts.generator.hcl import Expression, block, string, value
from scripts.generator.modules import inputs, signing_in
from scripts.generator.modules.inputs import Field

REFERENCE: Final = "^default/[^/[:space:]]+/[^/[:space:]]+$"
_GIVEN: Final = "[for way in values(var.credential) : way if way != null]"
_PORT: Final = "port is a whole number from 1 to 65535."
_SECRETS_APART: Final = "The secrets of each stand in credential_secrets."
_ADMINS: Final = {
    "admin_users": "users who administer it, by name.",
    "admin_groups": "groups who administer it, by name.",
    "admin_roles": "roles who administer it, by guid: data.atlan_role tells it.",
}


def write(app: App) -> str:
    """Return variables.tf."""
    parts = [_name(), _connection(app), *_signing_in(app), _schedule()]
    shown = [_input(each) for each in inputs.fields(app) if not each.hidden]
    hidden = [_input(each) for each in inputs.fields(app) if each.hidden]
    if hidden:
        hidden[0] = "# What the web UI submits without showing it.\n\n" + hidden[0]
    return "\n".join([*parts, _agent(), *shown, *hidden, _more_inputs(), _adopt_existing()])


def references_only(app: App) -> bool:
    """Whether the app works on a connection that another workflow made, as a miner does."""
    return app.app_id.endswith("-miner")


def one_of(condition: str, name: str) -> str:
    """A condition on a variable that holds for null too."""
    return f"var.{name} == null ? true : {condition}"


def _variable(name: str, attributes: dict[str, Any], *rules: tuple[str, str]) -> str:
    checks = [block("validation", {"condition": Expression(rule), "error_message": said}) for rule, said in rules]
    return block(f'variable "{name}"', attributes, *checks)


def _object(fields: dict[str, str], depth: int = 1) -> str:
    return f"object({value({name: Expression(text) for name, text in fields.items()}, depth)})"


def _heredoc(lines: list[str]) -> Expression:
    text = "".join(f"    {line}\n" if line else "\n" for line in lines)
    return Expression(f"<<-EOT\n{text}  EOT")


def _typed(description: str | Expression, kind: str, **others: Any) -> dict[str, Any]:
    return {"description": description, "type": Expression(kind), **others}


def _name() -> str:
    return _variable(
        "name",
        _typed("The workflow's name, unique on the tenant. A change replaces the workflow.", "string"),
        ('trimspace(var.name) != ""', "name is empty: the service refuses it."),
    )


def _connection(app: App) -> str:
    if references_only(app):
        return _existing_connection(app)
    lines = [
        "The connection that the assets belong to: a new one, or an existing one by its qualified name.",
        "- name: what a new one is called. Unset: the workflow's name.",
        f"- qualified_name: an existing one, such as default/{app.connector_name}/1735689600.",
        *(f"- {name}: {meaning}" for name, meaning in _ADMINS.items()),
    ]
    fields = {"name": "optional(string)", "qualified_name": "optional(string)"}
    fields |= dict.fromkeys(_ADMINS, "optional(list(string))")
    admins = [f"length(coalesce(var.connection.{name}, [])) > 0" for name in _ADMINS]
    rules = [
        (
            _joined("||", ["var.connection.qualified_name != null", *admins]),
            "A new connection needs an admin: set admin_users, admin_groups or admin_roles, or reference an existing "
            "connection by its qualified_name.",
        ),
        _reference(app),
    ]
    return _variable("connection", _typed(_heredoc(lines), _object(fields), nullable=False), *rules)


def _existing_connection(app: App) -> str:
    lines = [
        "The connection whose history is mined, which its crawler made on its first run.",
        f"- qualified_name: its identity, such as default/{app.connector_name}/1735689600.",
        "- name: its name, where the tenant does not tell it.",
    ]
    kind = _object({"qualified_name": "string", "name": "optional(string)"})
    return _variable("connection", _typed(_heredoc(lines), kind, nullable=False), _reference(app))


def _reference(app: App) -> tuple[str, str]:
    matches = f'can(regex("{REFERENCE}", var.connection.qualified_name))'
    condition = matches if references_only(app) else f"var.connection.qualified_name == null ? true : {matches}"
    return condition, f"qualified_name has three segments, such as default/{app.connector_name}/1735689600."


def _signing_in(app: App) -> list[str]:
    found = [_guid()]
    if app.credentials:
        found = [_credential(app), *_secrets(app), _credential_version(), *found]
    return found + [_guid_input(name) for name in signing_in.guid_inputs(app)]


def _credential(app: App) -> str:
    """The ways to sign in; where an ``atlan_credential`` holds it, without its secrets, which are apart."""
    own, apart = signing_in.own(app), signing_in.apart(app)
    kept = "" if apart else " Neither plans nor state hold any of it."
    lines = [f"How to sign in at the source, in one way of these.{kept}"]
    if apart:
        lines = ["What to sign in with: api at dbt Cloud, one of the others at an object store.", _SECRETS_APART]
    for way in own or apart:
        lines += ["", f"{way.method}:", *_entry_lines(way, secret=None if own else False)]
    fields = {way.method: _way_type(way, secret=None if own else False) for way in own or apart}
    hidden = {"sensitive": True, "ephemeral": True} if own else {}
    attributes = _typed(_heredoc(lines), _object(fields), default={}, nullable=False, **hidden)
    return _variable("credential", attributes, *_credential_rules(app))


def _entry_lines(way: Way, *, secret: bool | None) -> list[str]:
    return [f"- {each.name}: {each.meaning}" for each in _entries(way, secret=secret)]


def _entries(way: Way, *, secret: bool | None) -> list[signing_in.Entry]:
    return [each for each in signing_in.entries(way) if secret is None or each.secret is secret]


def _way_type(way: Way, *, secret: bool | None) -> str:
    fields = {each.name: each.declared for each in _entries(way, secret=secret)}
    return f"optional({_object(fields, 2)})"


def _credential_rules(app: App) -> list[tuple[str, str]]:
    ways = signing_in.own(app) or signing_in.apart(app)
    rules = [_needed(app), *_exclusive(app)]
    ports = [way.method for way in ways if any(each.name == "port" for each in signing_in.entries(way))]
    if ports:
        rules.append(_port(app, ports))
    return rules


def _needed(app: App) -> tuple[str, str]:
    names = ", ".join(way.method for way in signing_in.own(app) or signing_in.apart(app))
    said = f"A workflow with a connection of its own has to sign in at its source: set one of {names}."
    return f"!local.signs_in || length({_GIVEN}) > 0", said


def _joined(sign: str, conditions: list[str]) -> str:
    lines = f" {sign}\n".join(f"    {each}" for each in conditions)
    return f"(\n{lines}\n  )"


def _exclusive(app: App) -> list[tuple[str, str]]:
    """One rule for each input that takes a credential in several ways."""
    rules = []
    known = signing_in.own(app) or signing_in.apart(app)
    for target in dict.fromkeys(way.input_field for way in known):
        names = [way.method for way in known if way.input_field == target]
        if len(names) > 1:
            given = f"[for way in {_ways(app, names)} : way if way != null]"
            said = f"There is one credential: set one of {', '.join(names)}, not several."
            rules.append((f"length({given}) <= 1", said))
    return rules


def _ways(app: App, methods: list[str]) -> str:
    """The expression for these ways of an app."""
    if len(methods) == len(app.credentials):
        return "values(var.credential)"
    return f"[{', '.join(f'var.credential.{name}' for name in methods)}]"


def _port(app: App, methods: list[str]) -> tuple[str, str]:
    whole = "way.port >= 1 && way.port <= 65535 && floor(way.port) == way.port"
    return f"alltrue([for way in {_ways(app, methods)} : way == null ? true : {whole}])", _PORT


def _secrets(app: App) -> list[str]:
    ways = [way for way in signing_in.apart(app) if way.secrets]
    if not ways:
        return []
    lines = ["The secrets of what credential holds, by the same way. Neither plans nor state hold any of it."]
    for way in ways:
        lines += ["", f"{way.method}:", *_entry_lines(way, secret=True)]
    fields = {way.method: _way_type(way, secret=True) for way in ways}
    hidden = {"default": {}, "nullable": False, "sensitive": True, "ephemeral": True}
    rules = [
        (
            f"var.credential.{way.method} == null || var.credential_secrets.{way.method} != null",
            f"credential has {way.method}: set its secrets here, in {way.method} too.",
        )
        for way in ways
    ]
    return [_variable("credential_secrets", _typed(_heredoc(lines), _object(fields), **hidden), *rules)]


def _credential_version() -> str:
    text = (
        "A number of your own: raise it to send a changed secret, which leaves no trace that a plan could compare. "
        "Unset: 1 for a connection of the workflow's own."
    )
    return _variable("credential_version", _typed(text, "number", default=None))


def _guid() -> str:
    text = (
        "The guid of a vaulted credential, to share it through an existing connection. Unset: the workflow's own, or "
        "the connection's."
    )
    return _variable("credential_guid", _typed(text, "string", default=None))


def _guid_input(name: str) -> str:
    text = f"The guid of a vaulted credential for {name}, in place of one that credential describes."
    return _variable(name, _typed(text, "string", default=None))


def _schedule() -> str:
    lines = [
        "When the workflow runs; null for no schedule.",
        "- cron: five fields, such as 0 6 * * * for every day at six.",
        "- timezone: an IANA name, such as Europe/Berlin.",
    ]
    kind = _object({"cron": "string", "timezone": 'optional(string, "UTC")'})
    return _variable("schedule", _typed(_heredoc(lines), kind, default=None))


def _agent() -> str:
    text = (
        "An agent in your own network that extracts in place of Atlan: an object or its JSON text. It names where the "
        "secrets lie, and is kept in state; it never holds them."
    )
    return _variable("agent_json", _typed(text, "any", default=None), _object_rule("agent_json"))


def _more_inputs() -> str:
    text = "Inputs that this module has no variable for, by name; they go before those that it has."
    rule = ("can(keys(var.more_inputs))", "more_inputs is an object of inputs by name.")
    return _variable("more_inputs", _typed(text, "any", default={}, nullable=False), rule)


def _adopt_existing() -> str:
    text = "Whether to take over a workflow that holds the name already, instead of failing."
    return _variable("adopt_existing", _typed(text, "bool", default=False, nullable=False))


def _input(field: Field) -> str:
    default = {} if field.required else {"default": _default(field)}
    required = {"nullable": False} if field.required else {}
    return _variable(field.name, _typed(_described(field), field.type, **default, **required), *_rules(field))


def _default(field: Field) -> Any:
    """Null leaves it to the app; only what the web UI would submit unseen is sent unasked."""
    if not field.hidden:
        return None
    return field.default == "true" if field.kind == "switch" else field.default


def _described(field: Field) -> str:
    allowed = f" One of {', '.join(field.allowed)}." if field.kind == "choice" else ""
    return field.meaning + allowed + ("" if field.hidden else _unset(field))


def _unset(field: Field) -> str:
    if field.required or field.default in (None, "", "{}", {}, []) or (field.default == 0 and field.kind == "number"):
        return ""
    shown = str(field.default).lower() if isinstance(field.default, bool) else field.default
    return f" Unset: {shown}."


def _rules(field: Field) -> list[tuple[str, str]]:
    name = field.name
    if field.kind == "choice":
        known = f"[{', '.join(string(each) for each in field.allowed)}]"
        return [(one_of(f"contains({known}, var.{name})", name), f"{name} is one of {', '.join(field.allowed)}.")]
    if field.kind == "object":
        return [_object_rule(name, text_too=field.text_too)]
    if field.kind == "json":
        return [
            (one_of(f"can(jsondecode(var.{name}))", name), f"{name} is JSON text: write it as jsonencode({{ … }}).")
        ]
    if field.kind == "number":
        return [_number_rule(name)]
    return [_scope_rule(name)] if field.kind == "scope" else []


def _object_rule(name: str, *, text_too: bool = True) -> tuple[str, str]:
    tried = f"try(jsondecode(var.{name}), var.{name})" if text_too else f"var.{name}"
    said = f"{name} is an object{' or its JSON text' if text_too else ''}."
    return one_of(f"can(keys({tried}))", name), said


def _number_rule(name: str) -> tuple[str, str]:
    least, most = (1, 30) if name == "popularity_window_days" else (0, None)
    bounds = f"var.{name} >= {least}" + (f" && var.{name} <= {most}" if most else "")
    said = f"from {least} to {most}" if most else f"of {least} or more"
    return one_of(f"{bounds} && floor(var.{name}) == var.{name}", name), f"{name} is a whole number {said}."


def _scope_rule(name: str) -> tuple[str, str]:
    known = 'can(regex("^default/[^/]+/[0-9]+$", each)) && !startswith(each, "default/standard-lineage/")'
    one = f'length(distinct([for each in var.{name} : split("/", each)[1]])) == 1'
    condition = f"alltrue([for each in var.{name} : {known}]) && try({one}, false)"
    return condition, f"{name} lists qualified names of one connector, such as default/bigquery/1735689600."
