"""What travels over the wire, as the caller sees it: unknown keys are ignored, what is used is checked.

Wire keys are snake_case. A null where a list or a boolean belongs means that it is empty or false, as the service's
language writes it.
"""

from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, ValidationError, model_validator
from pydantic.types import StringConstraints

from provider.client.answers import Answer
from provider.client.json_codec import parse_json
from provider.client.statuses import SUCCESS, TERMINAL_STATUSES

_DESCRIBED_FIELDS = 3


def _or_false(value: Any) -> Any:
    return False if value is None else value


def _or_empty(value: Any) -> Any:
    return [] if value is None else value


def _number(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("Input should be a valid integer")  # noqa: TRY004 - pydantic reports ValueErrors only
    return value


def _name(value: Any) -> Any:
    return value.get("name") if isinstance(value, dict) else value


Name = Annotated[str, StringConstraints(strict=True, min_length=1)]
# what stands in an address: one that holds a slash or begins with a dot was not minted by the service
Identifier = Annotated[str, StringConstraints(strict=True, min_length=1, pattern=r"^[A-Za-z0-9_~-][A-Za-z0-9._~-]*$")]
Flag = Annotated[StrictBool, BeforeValidator(_or_false)]
Version = Annotated[int, BeforeValidator(_number)]
Moment = Annotated[str, Field(coerce_numbers_to_str=True)]


class Wire(BaseModel):
    """The base of all: read only, lenient about what it doesn't know."""

    # built when it is first used, for a process needs few of them
    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)


class Trigger(Wire):
    """A schedule that is attached to a workflow; a row of a listing may lack cron and timezone."""

    trigger_id: Identifier
    cron: str | None = None
    timezone: str | None = None


class RemovedTrigger(Wire):
    """The answer to the removal of a schedule."""

    trigger_id: str | None = None
    deleted: Flag


class Workflow(Wire):
    """A published workflow. `schedules` is None where the service lists none, `inputs` where it shows none.

    The service's fact: the inputs stand at `dag.extract.inputs.args`, and only in the answer to a get.
    """

    slug: Identifier
    name: str | None = None
    version: Version | None = None
    owner: str | None = None
    app_id: str | None = None
    execution_mode: str | None = None
    schedules: list[Trigger] | None = None
    inputs: dict[str, Any] | None = Field(default=None, repr=False)  # it may hold secrets

    @model_validator(mode="before")
    @classmethod
    def _lift_inputs(cls, wire: Any) -> Any:
        return {**wire, "inputs": _persisted_inputs(wire)} if isinstance(wire, dict) else wire


class WorkflowPage(Wire):
    """A page of published workflows; `next_cursor` asks for the next one while `has_more` is true."""

    workflows: Annotated[list[Workflow], BeforeValidator(_or_empty)]
    has_more: Flag = False
    next_cursor: Moment | None = None


class CreatedWorkflow(Wire):
    """The answer to a create."""

    slug: Identifier
    version: Version | None = None
    execution_mode: str | None = None
    run_id: str | None = None
    schedule_trigger_id: str | None = None


class PublishedWorkflow(Wire):
    """The answer to an update: the version that it published."""

    slug: Identifier
    version: Version | None = None


class ArchivedWorkflow(Wire):
    """The answer to a delete."""

    slug: str | None = None
    archived: Flag


class Run(Wire):
    """An execution of a workflow."""

    run_id: Name
    slug: str | None = None
    status: str | None = None
    started_at: Moment | None = None

    @property
    def finished(self) -> bool:
        """Whether its status will not change any more."""
        return self.status in TERMINAL_STATUSES

    @property
    def succeeded(self) -> bool:
        return self.status == SUCCESS


class CancelledRun(Wire):
    """The answer to the cancellation of a run."""

    run_id: Name
    cancelled: Flag
    status: str | None = None
    slug: str | None = None


class App(Wire):
    """An app as the marketplace describes it; `entrypoints` are their names."""

    app_id: Name
    name: str | None = None
    native_ready: Flag = False
    execution_mode: str | None = None
    app_service_url: str | None = None
    entrypoints: Annotated[list[Annotated[Name, BeforeValidator(_name)]], BeforeValidator(_or_empty)] = []


M = TypeVar("M", bound=Wire)


def model(kind: type[M], answer: Answer, **known: str) -> M:
    """The answer as `kind`; UnusableAnswer names the fields that are not as they should be, never their values.

    `known` are wire keys and values that the answer may leave out.
    """
    value = answer.value()
    if isinstance(value, dict):
        value = known | value
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        why = _describe(error)
    return answer.refuse(f"it has not the shape of {_article(kind)}: {why}")


def _describe(error: ValidationError) -> str:
    found = error.errors(include_url=False, include_context=False, include_input=False)
    told = [f"{_path(each['loc'])}: {each['msg']}" for each in found[:_DESCRIBED_FIELDS]]
    return "; ".join(told) + (f"; and {len(found) - len(told)} more" if len(found) > len(told) else "")


def _path(location: tuple[int | str, ...]) -> str:
    return ".".join(map(str, location)) or "the whole"


def _article(kind: type[Wire]) -> str:
    return f"{'an' if kind.__name__[0] in 'AEIOU' else 'a'} {kind.__name__}"


def _persisted_inputs(wire: dict[str, Any]) -> dict[str, Any] | None:
    found: Any = wire
    for key in ("dag", "extract", "inputs", "args"):
        found = found.get(key) if isinstance(found, dict) else None
    if isinstance(found, str):
        found = _parsed(found)
    return found if isinstance(found, dict) else None


def _parsed(text: str) -> Any:
    try:
        return parse_json(text)
    except ValueError:
        return None
