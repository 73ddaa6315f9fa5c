"""What a workflow's configuration says wrong by itself, before anything is asked of the service."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tf.types import Unknown
from tf.utils import Diagnostics

from provider import connections, identifiers, inputs
from provider.plugin import timeouts
from provider.plugin.resource import Problem, State


def check(config: State, diagnostics: Diagnostics) -> None:
    """Add every problem, each on its attribute; values that are not known yet are checked when they are."""
    for problem in _problems(config):
        diagnostics.add_error(problem.summary, problem.detail, path=problem.path)
    if inputs.CREDENTIAL in _keys(config["inputs"]):
        diagnostics.add_warning(
            "A credential in inputs stands in state",
            "Whoever can read the state can read its secret. Write it as credential_wo instead, which is vaulted and "
            "never stored here.",
            path=["inputs", (inputs.CREDENTIAL,)],
        )

    for name in ("credential_wo", "inputs_wo"):
        if config[name] is not None and config[f"{name}_version"] is None:
            diagnostics.add_warning(
                f"{name} has no {name}_version",
                f"A changed {name} cannot be noticed, for it is stored nowhere. Give {name}_version a number, and "
                "change it whenever the value changes.",
                path=[name],
            )


def _problems(config: State) -> Iterable[Problem]:
    yield from identifiers.check(config, "app_id", "bigquery-crawler")
    for name in ("name", "entrypoint"):
        if config[name] == "":
            advice = "Leave it out for the app's default." if name == "entrypoint" else "Give it a value."
            yield Problem(f"{name} is empty", f"The service refuses an empty {name}. {advice}", [name])
    for name in ("inputs", "inputs_wo"):
        if config[name] is not None and not isinstance(config[name], dict | type(Unknown)):
            yield Problem(
                f"{name} is not an object",
                "Write it as an object of the inputs that the app's contract names, such as "
                f"{name} = {{ connection = … }}, and not as its JSON text.",
                [name],
            )
    yield from timeouts.check(config)
    yield from _connection_problems(config)
    yield from _credential_problems(config)
    for path in inputs.in_both(config["inputs"], config["inputs_wo"]) if _keys(config["inputs_wo"]) else ():
        yield Problem(
            f"{'.'.join(path)} stands in inputs and in inputs_wo",
            "One of the two would silently win. Keep it in inputs_wo alone if it is a secret.",
            ["inputs", *((key,) for key in path[:1])],
        )


def _connection_problems(config: State) -> Iterable[Problem]:
    connection = config["connection"]
    if not isinstance(connection, dict):
        return
    if inputs.CONNECTION in _keys(config["inputs"]) | _keys(config["inputs_wo"]):
        why = "The connection attribute and an input named connection say the same thing twice. Keep the attribute."
        yield Problem("Two connections", why, ["connection"])
    yield from connections.check(connection, config["app_id"])


def _credential_problems(config: State) -> Iterable[Problem]:
    given = [name for name in ("credential_wo", "credential_guid") if config[name] is not None]
    if inputs.CREDENTIAL in _keys(config["inputs"]):
        given.append("inputs.credential")
    if len(given) > 1:
        yield Problem("Two credentials", f"Keep one of {' and '.join(given)}.", [given[0]])
    connection = config["connection"]
    new = isinstance(connection, dict) and connection["qualified_name"] is None
    if config["credential_guid"] is not None and new:
        yield Problem(
            "credential_guid needs an existing connection",
            "A vaulted credential is shared through the connection that it belongs to. Reference that connection by "
            "its qualified_name, or give this one a credential_wo of its own.",
            ["credential_guid"],
        )


def _keys(value: Any) -> set[str]:
    return set(value) if isinstance(value, dict) else set()
