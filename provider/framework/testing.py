"""Test a provider in process: real messages through the real servicer, without Terraform and without gRPC.

call = in_process(PetProvider())
cats = ResourceClient(call, "pet_cat", CatResource.schema)
created = cats.change(None, {"name": "Tom"})
assert [] == created.diagnostics and "Tom" == created.state["name"]
assert created.state == cats.plan(created.state, {"name": "Tom"}).state
"""

from provider.framework.protocol.client import (
    METHODS,
    Answer,
    Caller,
    Raw,
    RawState,
    ResourceClient,
    diagnostics,
    in_process,
    packed,
    path,
    text,
    typed,
    unpacked,
)

__all__ = [
    "METHODS",
    "Answer",
    "Caller",
    "Raw",
    "RawState",
    "ResourceClient",
    "diagnostics",
    "in_process",
    "packed",
    "path",
    "text",
    "typed",
    "unpacked",
]
