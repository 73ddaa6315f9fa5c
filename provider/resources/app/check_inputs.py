"""The input contract checked in the plan: over the inputs as they would be published, each finding on its attribute."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Any, Final

from provider.client.errors import AtlanError, NotFound, UnknownEntrypoint
from provider.contracts.cache import Contracts
from provider.contracts.schema import Contract
from provider.contracts.unavailable import no_contract, no_entrypoint
from provider.framework import Path, PlanContext, State, Unknown, UserError, terraform_command
from provider.model import connection as connections
from provider.model import credential as credentials
from provider.model import inputs
from provider.resources.app import plan, plan_connection

if TYPE_CHECKING:
    from provider.contracts.messages import InputFinding

_FETCH_SECONDS: Final = 15.0
# The provider sends them of itself, whatever the contract asks for.
_SENT_ALONG: Final = frozenset({inputs.CREDENTIAL_GUID, inputs.QUALIFIED_NAME})
_ATTRIBUTES: Final = {wire: name for name, wire in connections.WIRE_NAMES.items()}

Kept = Callable[[], Collection[str] | None]


def check(
    ctx: PlanContext[State],
    contracts: Contracts,
    current: State | None,
    planned: State,
    kept: Kept,
    redacted: Callable[[str], str],
) -> None:
    """Add every finding about a plan that publishes, or why nothing could be checked.

    ``kept`` tells the inputs that an update would leave on the workflow beside those that are configured; None where
    that is not known. ``redacted`` takes what is written as write-only out of what the service says.
    """
    if Unknown in (planned["app_id"], planned["entrypoint"]):
        return
    try:
        contract = contracts.fetch(planned["app_id"], planned["entrypoint"], seconds=_FETCH_SECONDS)
    except NotFound as error:
        _refuse(ctx, UserError.of(no_contract(planned["app_id"], redacted(str(error)))))
    except UnknownEntrypoint as error:
        told = redacted(str(error))
        _refuse(ctx, UserError.of(no_entrypoint(planned["app_id"], planned["entrypoint"], error.entrypoints, told)))
    except AtlanError as error:
        ctx.warn(
            f"The inputs of {planned['app_id']} were not checked",
            "Its input contract could not be read, so what is wrong with them will be told by the service when it is "
            f"applied.\n\n{redacted(str(error))}",
        )
    else:
        for found in _findings(ctx, contract, current, planned, kept):
            problem = UserError(found.summary, _advised(ctx, found), attribute_path(ctx.config, found.path))
            _refuse(ctx, problem) if found.is_error else ctx.warn(problem.summary, problem.detail, problem.path)


def _advised(ctx: PlanContext[State], found: InputFinding) -> str:
    if found.path == (inputs.CONNECTION,) and not _holds(ctx.config["inputs"], found.path):
        return f"{found.detail}\nWrite it as the connection attribute of the workflow."
    return found.detail


def _refuse(ctx: PlanContext[State], problem: UserError) -> None:
    """An error; only a warning in the plan that a destroy begins with, which an error would end."""
    ctx.report([problem.finding._replace(is_error=not terraform_command.destroys())])


def _findings(
    ctx: PlanContext[State], contract: Contract, current: State | None, planned: State, kept: Kept
) -> Sequence[InputFinding]:
    from provider.contracts.check import check_inputs  # a launch does not need it, nor a plan that publishes nothing

    published = to_publish(ctx.config, contract, current, planned)
    if published is None:
        return []
    missing = [name for name in contract.required if name not in {*published, *_SENT_ALONG}]
    present = _SENT_ALONG
    if missing and current is not None:
        told = kept()
        present |= frozenset(contract.required if told is None else told)
    hidden = frozenset(tuple(path) for path in _hidden_paths(ctx.config))
    return check_inputs(contract, published, write_only=hidden, present=present)


def to_publish(config: State, contract: Contract, current: State | None, planned: State) -> inputs.Inputs | None:
    """The inputs as they would be published, Unknown where a value is; None where nothing of them is known."""
    configured = inputs.merged(planned["inputs"] or {}, config["inputs_wo"] or {})
    if not isinstance(configured, dict):
        return None
    published: inputs.Inputs = dict(configured)
    if planned["connection"] is not None:
        published[inputs.CONNECTION] = _connection(config, planned["connection"])
    if config["credential_guid"] is not None and inputs.CREDENTIAL_GUID in contract.properties:
        published[inputs.CREDENTIAL_GUID] = planned["credential_guid"]
    sends = config["credential_wo"] is not None and (current is None or plan.rotates(current, planned))
    if sends and inputs.CREDENTIAL in contract.properties:
        published[inputs.CREDENTIAL] = _credential(config["credential_wo"])
    return inputs.as_contract_wants(published, contract)


def _connection(config: State, connection: Any) -> Any:
    """The connection; of one that exists, what is not configured is stored, and of a new one the name is minted."""
    if not isinstance(connection, dict):
        return connection
    stored = plan_connection.references(config)
    given = {wire: connection[name] for name, wire in connections.WIRE_NAMES.items()}
    if stored or given["qualifiedName"] is None:
        given = {wire: Unknown if value is None else value for wire, value in given.items()}
    known = {wire: value for wire, value in given.items() if value is not None}
    return {"typeName": "Connection", "attributes": known}


def _credential(credential: Any) -> Any:
    return credentials.body(credential) | {"name": Unknown} if isinstance(credential, dict) else credential


def _hidden_paths(config: State) -> list[list[str]]:
    write_only = inputs.leaves(config["inputs_wo"]) if config["inputs_wo"] else []
    return [*write_only, [inputs.CREDENTIAL], [inputs.AGENT_JSON]]


def attribute_path(config: State, path: Sequence[str | int]) -> Path:
    """The attribute and top-level key that a finding is about, as far as Terraform can find its line."""
    top = path[0] if path else None
    if top == inputs.CONNECTION and isinstance(config["connection"], dict):
        inner = _ATTRIBUTES.get(str(path[2])) if len(path) > 2 else None
        return ["connection", inner] if inner else ["connection"]
    if top == inputs.CREDENTIAL and config["credential_wo"] is not None:
        named = credentials.attribute_of(map(str, path[1:2]))
        return ["credential_wo", named] if named else ["credential_wo"]
    if top == inputs.CREDENTIAL_GUID and config["credential_guid"] is not None:
        return ["credential_guid"]
    name = "inputs_wo" if _holds(config["inputs_wo"], path) else "inputs"
    return [name, (top,)] if top is not None and _holds(config[name], path[:1]) else [name]


def _holds(value: Any, path: Sequence[str | int]) -> bool:
    """Whether the value has something at that path."""
    for step in path:
        value = inputs.as_json(value)
        if not (isinstance(value, dict) and step in value):
            return False
        value = value[step]
    return bool(path)
