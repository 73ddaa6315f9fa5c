"""The reasons for a separate runner and servicer: what tf's do with the same provider.

If a test fails here, tf has changed, and a part of the framework may not be necessary any more.
"""

import contextlib
import json
from pathlib import Path
from typing import Any

import grpc
import pytest
import tf.types
import tf.utils
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa

from provider.framework import Unknown, testing
from provider.framework.protocol import messages
from provider.framework.testing import METHODS, ResourceClient, packed, typed, unpacked
from tests.support import plugin_client, rpc
from tests.support.gate import Gate
from tests.support.plugin_client import TOY, der
from tests.support.toy_provider import LOOKUP, PLAIN, ToyProvider

PRIOR = {"id": "id-a", "name": "a", "revision": "1", "mode": "small"}
BLANK: dict[str, Any] = dict.fromkeys(PLAIN.by_name)


@pytest.fixture
def call(toy: ToyProvider) -> testing.Caller:
    return rpc.by_tf(toy)


@pytest.fixture
def launch(launch: Any) -> Any:
    return lambda **options: launch("--tf", **options)


def start_create(plugin: plugin_client.Plugin, gate: Gate, name: str) -> Any:
    planned = packed(BLANK | {"name": name, "gate": gate.address})
    return plugin.start(
        "ApplyResourceChange", type_name="toy_plain", prior_state=packed(None), planned_state=planned, config=planned
    )


def test_stop_kills_the_calls_in_flight(launch: Any, closed_gate: Gate) -> None:
    """StopProvider stops tf's server. The create continues, and its response is lost."""
    with launch() as plugin:
        creating = start_create(plugin, closed_gate, "a")
        closed_gate.wait_for(1)
        with contextlib.suppress(grpc.RpcError):
            plugin.start("StopProvider").result()
        with pytest.raises(grpc.RpcError):
            creating.result()
        closed_gate.open()


def test_ten_calls_run_at_once(launch: Any, closed_gate: Gate) -> None:
    """The eleventh create waits until one of ten has finished."""
    with launch() as plugin:
        creating = [start_create(plugin, closed_gate, f"n{index}") for index in range(11)]
        assert len(closed_gate.wait_for(10)) == 10
        with pytest.raises(TimeoutError):
            closed_gate.wait_for(1, seconds=0.3)
        closed_gate.open()
        closed_gate.wait_for(1)
        closed_gate.open()
        assert [[]] * 11 == [testing.diagnostics(each.result()) for each in creating]


def test_messages_over_four_megabytes_are_refused(launch: Any) -> None:
    """An 8 MB attribute is a gRPC error."""
    with launch() as plugin:
        client = ResourceClient(plugin.call, "toy_plain", PLAIN)
        config = client.full({"name": "a", "text": "x" * 8_000_000})
        with pytest.raises(grpc.RpcError) as raised:
            client("ValidateResourceConfig", config=config)
    assert raised.value.code() == grpc.StatusCode.RESOURCE_EXHAUSTED


def test_the_key_is_rsa_1024_and_kept_on_disk(launch: Any, home: Path) -> None:
    """tf writes its key to the home directory, and the next process reads it from there."""
    with launch(connect=False) as plugin:
        key = x509.load_der_x509_certificate(der(plugin.handshake()[5])).public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    assert key.key_size == 1024
    (cache,) = [path for path in home.rglob("*") if path.is_file()]
    assert "key_pem" in json.loads(cache.read_text())


def test_a_home_that_cannot_be_written_fails_the_handshake(launch: Any) -> None:
    """Without a directory for its cache, tf prints no handshake line."""
    with launch(connect=False, HOME="/dev/null/home") as plugin:
        assert plugin.wait() != 0
        assert [] == [line for line in plugin.stdout.all() if line]


def test_there_is_tls_though_terraform_turned_it_off_and_no_cookie_is_asked_for(home: Path) -> None:
    """tf serves with TLS even without a client certificate, and even if it is started by hand."""
    with plugin_client.launched(home, "--tf", command=TOY, connect=False, tls=False, cookie=False) as plugin:
        assert plugin.handshake()[5] != ""


def test_what_a_resource_prints_reaches_stdout(launch: Any) -> None:
    """tf does not protect stdout, so the output of a library is printed beside the handshake line."""
    with launch() as plugin:
        ResourceClient(plugin.call, "toy_plain", PLAIN).apply(None, {"name": "a"})
        plugin.stdout.wait_for(lambda line: line == "noise of a library")


def test_an_exception_leaves_the_servicer(plain: ResourceClient, capfd: pytest.CaptureFixture[str]) -> None:
    """An exception of a resource becomes a gRPC error, with a traceback on stderr."""
    with pytest.raises(RuntimeError):
        plain.read(PRIOR | {"fail": "read"})
    assert "Traceback" in capfd.readouterr().err


def test_a_value_that_cannot_be_encoded_loses_the_object(plain: ResourceClient) -> None:
    """A create that returns ``object()`` in one field has no response."""
    with pytest.raises(Exception, match="Failed to encode field 'extra'"):
        plain.apply(None, {"name": "a", "fail": "value"})


def test_computed_values_keep_their_old_value_on_update(plain: ResourceClient) -> None:
    """The planned revision is the prior one, and the result of the update differs from it."""
    assert "1" == plain.plan(PRIOR, {"name": "b"}).state["revision"]


def test_defaults_apply_on_create_alone(plain: ResourceClient) -> None:
    """A value that is removed from the configuration is planned as the prior value, not as the default."""
    assert "large" == plain.plan(PRIOR | {"mode": "large"}, {"name": "b"}).state["mode"]


def test_the_plan_hook_is_called_on_update_alone(plain: ResourceClient, toy: ToyProvider) -> None:
    """The resource's plan is called neither for a create nor for a destroy. The plan of a destroy is an error."""
    plain.plan(None, {"name": "a"})
    state = BLANK | PRIOR
    answer = plain("PlanResourceChange", prior_state=state, proposed_new_state=None, config=None)
    assert [("error", "DELETE should never be sent to PlanResourceChange")] == testing.diagnostics(answer)
    assert [] == toy.calls


def test_nested_changes_replace_nothing(plain: ResourceClient) -> None:
    """A nested attribute that requires replacement is ignored."""
    config = {"name": "a", "owner": {"name": "me", "region": "us"}}
    assert [] == plain.plan(PRIOR | {"owner": {"name": "me", "region": "eu"}}, config).replaced


def test_the_schema_declares_no_capabilities(call: testing.Caller) -> None:
    """GetProviderSchema, which is the only one that Terraform calls, does not contain them."""
    response = call("GetProviderSchema", METHODS["GetProviderSchema"].request())
    assert not response.HasField("server_capabilities")


def test_private_bytes_are_dropped(plain: ResourceClient) -> None:
    """Plan, apply and read return no private state."""
    answers = [
        plain.plan(PRIOR, {"name": "b"}, private=b"kept"),
        plain.apply(None, {"name": "a"}, private=b"kept"),
        plain.read(PRIOR, private=b"kept"),
    ]
    assert [b"", b"", b""] == [answer.private for answer in answers]


def test_the_configuration_is_not_handed_over(plain: ResourceClient, toy: ToyProvider) -> None:
    """The resource's plan receives no configuration."""
    plain.plan(PRIOR, {"name": "b"})
    assert [None] == [told["told"]["config"] for _, told in toy.calls]


def test_refined_unknowns_and_numbers_reach_the_provider_as_they_are_sent(
    call: testing.Caller, toy: ToyProvider
) -> None:
    """The configuration is not decoded: 0.1 is a string, a dynamic value a pair, a refined unknown not Unknown."""
    config = packed({"weight": "0.1", "labels": None, "options": typed(b'"number"', 1)})
    refined = messages.message("DynamicValue")(msgpack=b"\x81\xa6weight\xc7\x03\x0c\x81\x01\xc2")
    for each in (config, refined):
        call("ValidateProviderConfig", METHODS["ValidateProviderConfig"].request(config=each))
    first, second = (told["current"] for _, told in toy.calls)
    assert ("0.1", [b'"number"', 1]) == (first["weight"], first["options"])
    assert second["weight"] is not Unknown


def test_numbers_beyond_64_bits_overflow() -> None:
    """A state that contains 2**70 cannot be sent."""
    with pytest.raises(OverflowError):
        tf.utils.to_dynamic_value({"number": tf.types.Number().encode(2**70)})


def test_a_data_source_is_neither_decoded_nor_encoded(call: testing.Caller, toy: ToyProvider) -> None:
    """A data source receives raw values, and a result that needs its schema to be encoded fails."""
    lookup = ResourceClient(call, "toy_lookup", LOOKUP)
    config = lookup.full({"name": "a", "weight": "0.1"})
    with pytest.raises(OverflowError):
        lookup("ReadDataSource", config=config)
    assert "0.1" == toy.calls[0][1]["current"]["weight"]


def test_a_stored_state_is_encoded_again(call: testing.Caller) -> None:
    """An upgrade returns the JSON of a dynamic value with its type as if it were the value."""
    state = {"json": b'{"extra": {"value": 1, "type": "number"}}'}
    answer = call(
        "UpgradeResourceState", METHODS["UpgradeResourceState"].request(type_name="toy_plain", raw_state=state)
    )
    assert {"extra": {"value": 1, "type": "number"}} == unpacked(answer.upgraded_state)


def test_an_unknown_type_is_an_exception(call: testing.Caller, capfd: pytest.CaptureFixture[str]) -> None:
    """An unknown type name is a KeyError."""
    with pytest.raises(KeyError):
        call("ReadResource", METHODS["ReadResource"].request(type_name="toy_nothing"))


@pytest.mark.parametrize("name", ["Object", "Tuple", "Dynamic"])
def test_some_types_do_not_exist(name: str) -> None:
    """tf has no object, tuple or dynamic type, and no nested or write-only attributes."""
    assert not hasattr(tf.types, name)
    assert {"nested", "write_only"}.isdisjoint(vars(tf.schema.Attribute("a", tf.types.String())))
