"""The JSON bodies of the requests that change a workflow. Chosen here: unknown keys are refused."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from provider.sandbox.json_codec import JsonObject
from provider.sandbox.json_schema import Validator, closed_object

TEXT_SCHEMA: JsonObject = {"type": "string"}
CREATE_SCHEMA = closed_object(
    {
        "app_id": TEXT_SCHEMA,
        "name": {"type": "string", "pattern": r"\S"},
        "inputs": {"type": "object"},
        "entrypoint": TEXT_SCHEMA,
        "schedule": {"type": "object"},
        "run": {"type": "boolean"},
    },
    ["app_id", "name", "inputs"],
)
UPDATE_SCHEMA = closed_object({"inputs": {"type": "object"}, "entrypoint": TEXT_SCHEMA}, ["inputs"])


class UpdateBody(TypedDict):
    inputs: JsonObject
    entrypoint: NotRequired[str]


class CreateBody(UpdateBody):
    """A new workflow. `run` is True if it is missing."""

    app_id: str
    name: str
    schedule: NotRequired[JsonObject]
    run: NotRequired[bool]


CREATE_VALIDATOR: Validator[CreateBody] = Validator(CREATE_SCHEMA, "body")
UPDATE_VALIDATOR: Validator[UpdateBody] = Validator(UPDATE_SCHEMA, "body")
OWNER_VALIDATOR: Validator[str] = Validator(TEXT_SCHEMA, "owner")
