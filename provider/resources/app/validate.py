"""What a workflow's configuration says wrong by itself, before anything is asked of the service."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from provider.framework import Finding, State, Unknown, timeouts, warning
from provider.model import connection as connections
from provider.model import credential, identifiers, inputs

_RAW_CREDENTIALS: Final = (inputs.CREDENTIAL, inputs.CREDENTIAL_GUID)


def check(config: State) -> Iterable[Finding]:
    """Yield what is wrong with the configuration alone. Unknown values are checked once they are known."""
    yield from _problems(config)
    if inputs.CREDENTIAL in _keys(config["inputs"]):
        yield warning(
            "A credential in inputs stands in state",
            "Whoever can read the state can read its secret. Write it as credential_wo instead, which is vaulted and "
            "never stored here.",
            ["inputs", (inputs.CREDENTIAL,)],
        )

    for name in ("credential_wo", "inputs_wo"):
        if _is_given(config[name]) and config[f"{name}_version"] is None:
            yield warning(
                f"{name} has no {name}_version",
                f"A changed {name} cannot be noticed, for it is stored nowhere. Give {name}_version a number, and "
                "change it whenever the value changes.",
                [name],
            )
        if config[name] is None and config[f"{name}_version"] is not None:
            yield warning(
                f"{name}_version has no {name}",
                f"There is nothing that a change of it could send: it publishes the workflow again without. Configure "
                f"{name}, or leave its version out.",
                [f"{name}_version"],
            )


def _problems(config: State) -> Iterable[Finding]:
    yield from identifiers.check(config, "app_id", "bigquery-crawler")
    for name in ("name", "entrypoint"):
        if config[name] == "":
            advice = "Leave it out for the app's default." if name == "entrypoint" else "Give it a value."
            yield Finding(f"{name} is empty", f"The service refuses an empty {name}. {advice}", [name])
    for name in ("inputs", "inputs_wo"):
        if config[name] is not None and not isinstance(config[name], dict | type(Unknown)):
            yield Finding(
                f"{name} is not an object",
                "Write it as an object of the inputs that the app's contract names, such as "
                f"{name} = {{ connection = … }}, and not as its JSON text.",
                [name],
            )
    yield from timeouts.check(config)
    yield from _connection_problems(config)
    yield from _credential_problems(config)
    for path in inputs.in_both(config["inputs"], config["inputs_wo"]) if _keys(config["inputs_wo"]) else ():
        yield Finding(
            f"{'.'.join(path)} stands in inputs and in inputs_wo",
            "One of the two would silently win. Keep it in inputs_wo alone if it is a secret.",
            ["inputs", *((key,) for key in path[:1])],
        )


def _connection_problems(config: State) -> Iterable[Finding]:
    connection = config["connection"]
    if not isinstance(connection, dict):
        return
    if inputs.CONNECTION in _keys(config["inputs"]) | _keys(config["inputs_wo"]):
        why = "The connection attribute and an input named connection say the same thing twice. Keep the attribute."
        yield Finding("Two connections", why, ["connection"])
    yield from connections.check(connection, config["app_id"])


def _credential_problems(config: State) -> Iterable[Finding]:
    given = [name for name in ("credential_wo", "credential_guid") if _is_given(config[name])]
    raw = [f"inputs.{name}" for name in _RAW_CREDENTIALS if _is_given(_object(config["inputs"]).get(name) or None)]
    if given and len(given + raw) > 1:
        yield Finding("Two credentials", f"Keep one of {' and '.join(given + raw)}.", [given[0]])
    if inputs.CREDENTIAL in _object(config["inputs_wo"]):
        yield Finding(
            "A credential in inputs_wo",
            "It would be vaulted anew with every publish. Write it as credential_wo, which is sent once and again "
            "only when credential_wo_version changes.",
            ["inputs_wo"],
        )
    if isinstance(config["credential_wo"], dict):
        yield from credential.check(config["credential_wo"], ["credential_wo"])
    if config["credential_wo"] is not None and _extracts_by_agent(config):
        yield Finding(
            "An agent signs in by itself",
            'With extraction_method = "agent" no credential may travel: the agent takes its own, as agent_json says. '
            "Leave credential_wo out.",
            ["credential_wo"],
        )
    yield from _shared_credential_problems(config)


def _extracts_by_agent(config: State) -> bool:
    return any(_object(config[name]).get("extraction_method") == "agent" for name in ("inputs", "inputs_wo"))


def _shared_credential_problems(config: State) -> Iterable[Finding]:
    if not _is_given(config["credential_guid"]):
        return
    connection = config["connection"]
    new = isinstance(connection, dict) and connection["qualified_name"] is None
    if new:
        yield Finding(
            "credential_guid needs an existing connection",
            "A vaulted credential is shared through the connection that it belongs to. Reference that connection by "
            "its qualified_name, or give this one a credential_wo of its own.",
            ["credential_guid"],
        )
    if connection is None and not _may_hold_connection(config):
        yield Finding(
            "credential_guid needs a connection",
            "A vaulted credential is shared through the connection that it belongs to. Reference that connection: "
            'connection = { qualified_name = "default/<connector>/<number>" }.',
            ["credential_guid"],
        )


def _may_hold_connection(config: State) -> bool:
    written = (config["inputs"], config["inputs_wo"])
    return Unknown in written or any(inputs.CONNECTION in _object(each) for each in written)


def _is_given(value: Any) -> bool:
    """Whether there is a value. One that is not known yet may turn out to be null, and is checked when it is known."""
    return value is not None and value is not Unknown


def _keys(value: Any) -> set[str]:
    return set(_object(value))


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
