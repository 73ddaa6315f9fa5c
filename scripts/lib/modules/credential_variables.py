"""Write the variables for signing in: one object with the ways of an app. Its secrets are ephemeral."""

from typing import Final

from scripts.lib.app_facts.apps import App
from scripts.lib.app_facts.credentials import Way, ways
from scripts.lib.modules import signing_in
from scripts.lib.modules.declaring import heredoc, object_type, typed, variable
from scripts.lib.shared.hcl import Value

_GIVEN: Final = "[for way in values(var.credential) : way if way != null]"
_PORT: Final = "port is a whole number from 1 to 65535."
_SECRETS_APART: Final = "The secrets of each are in credential_secrets."


def write(app: App) -> list[str]:
    """Return the variables for signing in. An app without credentials has only the guid's."""
    found = [_guid()]
    if app.credentials:
        found = [_credential(app), *_secrets(app), _credential_version(), *found]
    return found + [_guid_input(name) for name in signing_in.guid_inputs(app)]


def _credential(app: App) -> str:
    """Return the variable of the ways to sign in. It has no secrets if the credential is an ``atlan_credential``."""
    own, apart = signing_in.own(app), signing_in.apart(app)
    kept = "" if apart else " No plan and no state contains any of it."
    lines = [f"How to sign in to the source, in one of these ways.{kept}"]
    if apart:
        lines = ["How to sign in: api to dbt Cloud, one of the others to an object store.", _SECRETS_APART]
    for way in own or apart:
        lines += ["", f"{way.method}:", *_entry_lines(way, secret=None if own else False)]
    fields = {way.method: _way_type(way, secret=None if own else False) for way in own or apart}
    hidden = {"sensitive": True, "ephemeral": True} if own else {}
    attributes = typed(heredoc(lines), object_type(fields), default={}, nullable=False, **hidden)
    return variable("credential", attributes, *_credential_rules(app))


def _entry_lines(way: Way, *, secret: bool | None) -> list[str]:
    return [f"- {each.name}: {each.meaning}" for each in _entries(way, secret=secret)]


def _entries(way: Way, *, secret: bool | None) -> list[signing_in.Entry]:
    return [each for each in signing_in.entries(way) if secret is None or each.secret is secret]


def _way_type(way: Way, *, secret: bool | None) -> str:
    fields = {each.name: each.declared for each in _entries(way, secret=secret)}
    return f"optional({object_type(fields, 2)})"


def _credential_rules(app: App) -> list[tuple[str, str]]:
    rules = [_needed(app), *_exclusive(app)]
    ports = [way.method for way in ways(app) if any(each.name == "port" for each in signing_in.entries(way))]
    if ports:
        rules.append(_port(app, ports))
    return rules


def _needed(app: App) -> tuple[str, str]:
    names = ", ".join(way.method for way in ways(app))
    said = (
        f"A workflow with a new connection must sign in to its source: set one of {names}. If the workflow has a "
        "connection already, set its connection.qualified_name."
    )
    return f"!local.signs_in || length({_GIVEN}) > 0", said


def _exclusive(app: App) -> list[tuple[str, str]]:
    """Return one rule for each input that takes a credential in several ways."""
    rules = []
    known = ways(app)
    for target in dict.fromkeys(way.input_field for way in known):
        names = [way.method for way in known if way.input_field == target]
        if len(names) > 1:
            given = f"[for way in {_ways(app, names)} : way if way != null]"
            said = f"There is one credential: set one of {', '.join(names)}, not several."
            rules.append((f"length({given}) <= 1", said))
    return rules


def _ways(app: App, methods: list[str]) -> str:
    """Return the expression for these ways of an app."""
    if len(methods) == len(app.credentials):
        return "values(var.credential)"
    return f"[{', '.join(f'var.credential.{name}' for name in methods)}]"


def _port(app: App, methods: list[str]) -> tuple[str, str]:
    whole = "way.port >= 1 && way.port <= 65535 && floor(way.port) == way.port"
    return f"alltrue([for way in {_ways(app, methods)} : way == null ? true : {whole}])", _PORT


def _secrets(app: App) -> list[str]:
    secret = [way for way in signing_in.apart(app) if way.secrets]
    if not secret:
        return []
    lines = ["The secrets for the way in credential, by the same name. No plan and no state contains them."]
    for way in secret:
        lines += ["", f"{way.method}:", *_entry_lines(way, secret=True)]
    fields = {way.method: _way_type(way, secret=True) for way in secret}
    hidden: dict[str, Value] = {"default": {}, "nullable": False, "sensitive": True, "ephemeral": True}
    rules = [
        (
            f"var.credential.{way.method} == null || var.credential_secrets.{way.method} != null",
            f"credential has {way.method}: set its secrets here, in {way.method} too.",
        )
        for way in secret
    ]
    return [variable("credential_secrets", typed(heredoc(lines), object_type(fields), **hidden), *rules)]


def _credential_version() -> str:
    text = (
        "A number of your choice: raise it to send a changed secret, because a plan cannot compare secrets. "
        "Unset: 1 for a new connection."
    )
    return variable("credential_version", typed(text, "number", default=None))


def _guid() -> str:
    text = (
        "The guid of a stored credential, to share it through an existing connection. Unset: the workflow's own, or "
        "the connection's."
    )
    return variable("credential_guid", typed(text, "string", default=None))


def _guid_input(name: str) -> str:
    text = f"The guid of a stored credential for {name}, instead of the one in credential."
    return variable(name, typed(text, "string", default=None))
