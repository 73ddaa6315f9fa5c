"""The JSON bodies of the requests that change a workflow. Chosen here: unknown keys are refused."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from provider.sandbox.json_codec import JsonObject
from provider.sandbox.json_schema import Validator, closed_object

TEXT: JsonObject = {"type": "string"}
CREATE = closed_object(
    {
        "app_id": TEXT,
        "name": {"type": "string", "pattern": r"\S"},
        "inputs": {"type": "object"},
        "entrypoint": TEXT,
        "schedule": {"type": "object"},
        "run": {"type": "boolean"},
    },
    ["app_id", "name", "inputs"],
)
UPDATE = closed_object({"inputs": {"type": "object"}, "entrypoint": TEXT}, ["inputs"])


class UpdateBody(TypedDict):
    inputs: JsonObject
    entrypoint: NotRequired[str]


class CreateBody(UpdateBody):
    """A new workflow. `run` is True if it is missing."""

    app_id: str
    name: str
    schedule: NotRequired[JsonObject]
    run: NotRequired[bool]


CREATE_VALIDATOR: Validator[CreateBody] = Validator(CREATE, "body")
UPDATE_VALIDATOR: Validator[UpdateBody] = Validator(UPDATE, "body")
OWNER_VALIDATOR: Validator[str] = Validator(TEXT, "owner")
