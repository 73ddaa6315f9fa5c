"""One call: what is reported, and where paths end."""

import pytest

from provider.framework import STRING, Attribute, Finding, Schema, set_of
from provider.framework.protocol import values
from provider.framework.protocol.call import Call
from provider.framework.protocol.codec import DecodeError
from provider.framework.testing import METHODS, packed

SCHEMA = Schema(
    [Attribute(name, ty, optional=True, description="") for name, ty in (("a", STRING), ("s", set_of(STRING)))],
    description="",
)
METHOD = METHODS["ValidateResourceConfig"]


def test_a_path_is_cut_once_the_schema_is_known() -> None:
    """Without a schema a path is unchanged. With one it ends at the set."""
    call = Call(METHOD.request(config=packed({"a": "x"})), METHOD.response())
    call.report([Finding("wrong", path=["s", (0,)])])
    assert [["s", (0,)]] == [each.path for each in call.finish().diagnostics]
    call.schema = SCHEMA
    assert {"a": "x", "s": None} == values.receive_config(SCHEMA, call.request.config)
    assert [["s"]] == [each.path for each in call.finish().diagnostics]


def test_a_null_configuration_is_an_error() -> None:
    """A configuration is never null."""
    with pytest.raises(DecodeError, match="the configuration is null"):
        values.receive_config(SCHEMA, METHOD.request().config)
