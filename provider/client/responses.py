"""The answers of the app service. Unknown keys are ignored, and the declared keys are checked.

Keys are in snake_case. The service writes null for an empty list and for false.
"""

import unicodedata
from collections.abc import Mapping
from typing import Annotated, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    ValidationError,
    model_validator,
)
from pydantic.types import StringConstraints

from provider.client.answers import IDENTIFIER_PATTERN, LONGEST_IDENTIFIER, Answer
from provider.client.json_codec import Json, JsonObject, TooManyValuesError, parse_json
from provider.client.statuses import SUCCESS, TERMINAL_STATUSES

_DESCRIBED_FIELDS = 3


def _or_false(value: Json) -> Json:
    return False if value is None else value


def _or_empty(value: Json) -> Json:
    return [] if value is None else value


def _not_bool(value: Json) -> Json:
    if isinstance(value, bool):
        raise ValueError("Input should be a valid integer")  # noqa: TRY004 - pydantic reports ValueErrors only
    return value


def _entrypoint_name(value: Json) -> Json:
    return value.get("name") if isinstance(value, dict) else value


NonEmptyText = Annotated[str, StringConstraints(strict=True, min_length=1)]
Identifier = Annotated[
    str, StringConstraints(strict=True, min_length=1, max_length=LONGEST_IDENTIFIER, pattern=IDENTIFIER_PATTERN)
]
Flag = Annotated[StrictBool, BeforeValidator(_or_false)]
Integer = Annotated[int, BeforeValidator(_not_bool)]
TextOrNumber = Annotated[str, Field(coerce_numbers_to_str=True)]


def _in_nfc(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


Label = Annotated[str, AfterValidator(_in_nfc)]
"""A text that people see and compare, in Unicode normal form C. Names that look the same are equal then."""


class ResponseModel(BaseModel):
    """The base of all answers: read-only, and unknown keys are ignored."""

    # Each model is built on its first use, because a process needs only a few models.
    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)


class Trigger(ResponseModel):
    """A schedule of a workflow, with the id of its trigger. In a row of a list, cron and timezone may be missing."""

    trigger_id: Identifier
    cron: str | None = None
    timezone: str | None = None


class RemovedTrigger(ResponseModel):
    """The answer to the removal of a schedule."""

    trigger_id: str | None = None
    deleted: Flag


class Workflow(ResponseModel):
    """A published workflow. ``schedules`` and ``inputs`` are None if the service does not show them.

    The service returns the inputs at ``dag.extract.inputs.args``, and only in the answer to a GET of one workflow.
    """

    slug: Identifier
    name: Label | None = None
    version: Integer | None = None
    owner: Label | None = None
    app_id: str | None = None
    execution_mode: str | None = None
    schedules: list[Trigger] | None = None
    inputs: JsonObject | None = Field(default=None, repr=False)  # may contain secrets

    @model_validator(mode="before")
    @classmethod
    def _lift_inputs(cls, raw: Json) -> Json:
        return {**raw, "inputs": _persisted_inputs(raw)} if isinstance(raw, dict) else raw


class WorkflowPage(ResponseModel):
    """A page of published workflows. If ``has_more`` is true, ``next_cursor`` is the cursor of the next page."""

    workflows: Annotated[list[Workflow], BeforeValidator(_or_empty)]
    has_more: Flag = False
    next_cursor: TextOrNumber | None = None


class CreatedWorkflow(ResponseModel):
    """The answer to a create."""

    slug: Identifier
    version: Integer | None = None
    execution_mode: str | None = None


class PublishedWorkflow(ResponseModel):
    """The answer to an update, with the version that it published."""

    slug: Identifier
    version: Integer | None = None


class ArchivedWorkflow(ResponseModel):
    """The answer to a delete."""

    slug: str | None = None
    archived: Flag


class Run(ResponseModel):
    """An execution of a workflow."""

    run_id: Identifier
    slug: str | None = None
    status: str | None = None
    started_at: TextOrNumber | None = None

    @property
    def finished(self) -> bool:
        """True if the status is final."""
        return self.status in TERMINAL_STATUSES

    @property
    def succeeded(self) -> bool:
        """True if the run ended with success."""
        return self.status == SUCCESS


class CancelledRun(ResponseModel):
    """The answer to the cancellation of a run."""

    run_id: Identifier
    cancelled: Flag
    status: str | None = None
    slug: str | None = None


class App(ResponseModel):
    """An app as the marketplace describes it. ``entrypoints`` are the names of the app's entrypoints."""

    app_id: NonEmptyText
    name: str | None = None
    native_ready: Flag = False
    execution_mode: str | None = None
    entrypoints: Annotated[
        list[Annotated[NonEmptyText, BeforeValidator(_entrypoint_name)]], BeforeValidator(_or_empty)
    ] = []


M = TypeVar("M", bound=ResponseModel)


def parse_answer(kind: type[M], answer: Answer, **defaults: str) -> M:
    """Return the answer as an object of this class. ``defaults`` are keys and values that the answer may leave out.

    Raises UnusableAnswer. Its message contains the names of the wrong fields and never their values.
    """
    value = answer.value()
    if isinstance(value, dict):
        value = {**defaults, **value}
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        why = _describe(error)
    return answer.refuse(f"it does not have the shape of {_with_article(kind)}: {why}")


def parse_answer_about(
    kind: type[M], answer: Answer, *, defaults: Mapping[str, str] | None = None, **requested: str
) -> M:
    """Return the answer as an object of this class. ``requested`` are identifiers of the requested object by name.

    ``defaults`` are keys and values that the answer may leave out.

    Raises UnusableAnswer if the answer contains another identifier: a cache can mix up answers. An answer without the
    identifier is accepted if the class declares it as optional.
    """
    parsed = parse_answer(kind, answer, **(defaults or {}))
    for name, value in requested.items():
        if getattr(parsed, name) not in (None, value):
            answer.refuse(f"it is about another object: its {name} is not {value}")
    return parsed


def _describe(error: ValidationError) -> str:
    found = error.errors(include_url=False, include_context=False, include_input=False)
    named = [f"{_path(each['loc'])}: {each['msg']}" for each in found[:_DESCRIBED_FIELDS]]
    return "; ".join(named) + (f"; and {len(found) - len(named)} more" if len(found) > len(named) else "")


def _path(location: tuple[int | str, ...]) -> str:
    return ".".join(map(str, location)) or "the whole"


def _with_article(kind: type[ResponseModel]) -> str:
    return f"{'an' if kind.__name__[0] in 'AEIOU' else 'a'} {kind.__name__}"


def _persisted_inputs(raw: dict[str, Json]) -> Json:
    found: Json = raw
    for key in ("dag", "extract", "inputs", "args"):
        found = found.get(key) if isinstance(found, dict) else None
    if isinstance(found, str):
        found = _parsed(found)
    return found if isinstance(found, dict) else None


def _parsed(text: str) -> Json:
    try:
        return parse_json(text)
    except TooManyValuesError:
        raise  # Inputs that cannot be read are not hidden.
    except ValueError:
        return None
