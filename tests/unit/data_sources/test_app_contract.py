"""``data.atlan_app_contract``: the inputs that an app takes."""

import json

import pytest

from provider.data_sources.app_contract import AppContractDataSource
from provider.framework import UserError
from tests.support.data_source_answers import SERVICE, Read, answers
from tests.support.http_server import Received, Reply, ScriptedServer

CONTRACT = {
    "properties": {
        "flag": {"type": "boolean", "default": False, "description": "A switch", "title": "not shown"},
        "mode": {"enum": ["fast", 2, None], "title": "The mode"},
        "filter": {"type": ["object", "string"], "default": {"b": 1, "a": "ü"}},
        "bare": {},
    },
    "required": ["mode"],
}
PROPERTIES = {
    "flag": {
        "type": ["boolean"],
        "default": "false",
        "allowed_values": None,
        "required": False,
        "description": "A switch",
    },
    "mode": {
        "type": [],
        "default": None,
        "allowed_values": ["fast", "2", "null"],
        "required": True,
        "description": "The mode",
    },
    "filter": {
        "type": ["object", "string"],
        "default": '{"a": "ü", "b": 1}',
        "allowed_values": None,
        "required": False,
        "description": None,
    },
    "bare": {"type": [], "default": None, "allowed_values": None, "required": False, "description": None},
}


def test_a_contract_is_read(read: Read, server: ScriptedServer) -> None:
    """As JSON text, and input by input."""
    server.always = answers(**{"apps__a-crawler__inputs": CONTRACT})
    state = read(AppContractDataSource, app_id="a-crawler").state
    assert AppContractDataSource.schema.by_name.keys() == state.keys()
    assert CONTRACT == json.loads(state["schema"])
    assert PROPERTIES == state["properties"]
    assert (["mode"], {"flag": False, "filter": {"a": "ü", "b": 1}}) == (state["required"], state["defaults"])


def test_the_contract_of_an_entrypoint_is_read(read: Read, server: ScriptedServer) -> None:
    """The service is asked for the entrypoint by its name."""
    server.always = answers(**{"apps__a-crawler__inputs": {}})
    state = read(AppContractDataSource, app_id="a-crawler", entrypoint="miner").state
    assert ("miner", {}, [], {}) == tuple(state[name] for name in ("entrypoint", "properties", "required", "defaults"))
    assert [{"entrypoint": "miner"}] == [dict(request.query) for request in server.requests]


def test_an_app_without_a_contract_is_an_error_on_its_attribute(read: Read, server: ScriptedServer) -> None:
    """A 404 means that the app does not exist or is not native. A similar app of the tenant is suggested."""
    apps, nothing = Reply(body={"apps": [{"id": "b-crawler"}]}), Reply(404, {"code": "404", "message": "no"})
    server.always = lambda request: apps if request.path == "/api/service/marketplace/apps" else nothing
    with pytest.raises(UserError, match="b has no input contract on this tenant") as raised:
        read(AppContractDataSource, app_id="b")
    assert ["app_id"] == raised.value.path
    assert raised.value.detail.startswith('Did you mean "b-crawler"? Either no app has this id')


def test_an_unknown_entrypoint_is_an_error_with_those_of_the_app(read: Read, server: ScriptedServer) -> None:
    """The service refuses the name, and the app's description contains the right ones."""

    def reply(request: Received) -> Reply:
        if request.path == f"{SERVICE}apps/a-crawler":
            return Reply(body={"app_id": "a-crawler", "entrypoints": [{"name": "crawler"}, {"name": "miner"}]})
        return Reply(400, {"code": "1003", "message": "no contract"})

    server.always = reply
    with pytest.raises(UserError, match="a-crawler has no entrypoint mine") as raised:
        read(AppContractDataSource, app_id="a-crawler", entrypoint="mine")
    assert ["entrypoint"] == raised.value.path
    assert "crawler, miner" in raised.value.detail
