"""Random data: values stay equal through the codec, each message has an answer, and the sandbox never fails."""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from provider.framework import Attribute, Diagnostics, Schema
from provider.framework.protocol import codec, values
from provider.framework.schema import CtyType
from provider.framework.testing import METHODS, packed
from tests.support import plugin_client
from tests.support.campaigns import fuzz_messages, fuzz_service, fuzz_values
from tests.support.campaigns.figures import Figures
from tests.support.campaigns.fuzz_values import Sent, comparable, plain
from tests.support.plugin_client import Plugin
from tests.support.sandbox import Sandbox

BATCHES = 2, 20
"""The number of batches of values: in the short form and in the full form."""
VALUES = 1_000, 5_000
"""The number of values in each batch."""
MESSAGES = 60, 1_250
"""The number of messages for each RPC."""
REQUESTS = 25, 500
"""The number of requests for each operation of the sandbox."""
GROUPS = 4
FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]|Traceback|failed unexpectedly")
"""Texts that no diagnostic may contain: control characters, and words of a programming error."""


def each_of(
    cases: st.SearchStrategy[Any], number: int, drawn_by: int, figures: Figures, what: str
) -> Callable[[Callable[[Any], None]], None]:
    """Return a decorator that calls the function with each of `number` cases, and counts the calls in the figures."""

    def run(check: Callable[[Any], None]) -> None:
        called = 0

        @seed(drawn_by)
        @settings(max_examples=number, derandomize=False, suppress_health_check=list(HealthCheck))
        @given(cases)
        def counted(case: Any) -> None:
            nonlocal called
            called += 1
            check(case)

        counted()
        figures.count(what, called)

    return run


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "batch" in metafunc.fixturenames:
        metafunc.parametrize("batch", range(BATCHES[metafunc.config.getoption("full")]))
    if "group" in metafunc.fixturenames:
        metafunc.parametrize("group", range(GROUPS))


def test_values_come_back_equal(batch: int, full: bool, request: pytest.FixtureRequest, figures: Figures) -> None:
    """A value decodes to the sent one, and encodes to the same bytes and types, with and without its original shape."""
    drawn_by = request.config.getoption("seed") + batch

    @each_of(fuzz_values.values(), VALUES[full], drawn_by, figures, "values through the codecs and back")
    def _(sent: Sent) -> None:
        raw = codec.unpack(fuzz_values.packed(sent.raw))
        decoded = codec.decode(sent.ty, raw)
        assert plain(sent.value) == plain(decoded)
        again = codec.pack(codec.encode(sent.ty, decoded, codec.shape(sent.ty, raw)))
        assert _wanted(sent) == comparable(sent.ty, fuzz_values.unpacked(again))
        assert plain(decoded) == plain(codec.decode(sent.ty, codec.unpack(codec.pack(codec.encode(sent.ty, decoded)))))
        _goes_through_a_state(sent)


def _wanted(sent: Sent) -> Any:
    return comparable(sent.ty, fuzz_values.unpacked(fuzz_values.packed(sent.raw)))


def _goes_through_a_state(sent: Sent) -> None:
    schema = Schema([Attribute("value", CtyType(sent.ty), description="", optional=True)], description="")
    received = values.receive(schema, packed({"value": sent.raw}))
    diagnostics = Diagnostics()
    answer = values.encode(schema, received.state, diagnostics, received, planned=True)
    assert [] == diagnostics.diagnostics
    assert _wanted(sent) == comparable(sent.ty, fuzz_values.unpacked(answer.msgpack)["value"])


@contextmanager
def configured(home: Path, sandbox: Sandbox) -> Iterator[Plugin]:
    """Yield the provider's process, launched as Terraform does and configured for the tenant."""
    settings = {"ATLAN_BASE_URL": sandbox.url, "ATLAN_API_KEY": sandbox.api_key}
    with plugin_client.launched(home, command=[sys.executable, "-m", "provider"], **settings) as plugin:
        blank = dict.fromkeys(fuzz_messages.PROVIDER_SCHEMA.by_name)
        answer = plugin.start("ConfigureProvider", config=packed({**blank, "max_retries": 0})).result()
        assert [] == list(answer.diagnostics)
        yield plugin


@pytest.mark.parametrize("method", METHODS)
def test_any_message_is_answered(
    method: str, full: bool, request: pytest.FixtureRequest, tmp_path: Path, sandbox: Sandbox, figures: Figures
) -> None:
    """Any bytes get an answer or diagnostics in plain words, and the process continues to run."""
    drawn_by = request.config.getoption("seed")
    created = {**fuzz_service.CREATED, "name": "fuzzed"}
    slug = sandbox.call("POST", fuzz_service.APPS, created).json["slug"]
    cases = fuzz_messages.requests(METHODS[method], fuzz_messages.Samples(slug))
    with configured(tmp_path, sandbox) as plugin:

        @each_of(cases, MESSAGES[full], drawn_by, figures, "messages, each answered")
        def _(data: bytes) -> None:
            answer = plugin.send(method, data)
            assert [] == [text for text in texts(answer) if FORBIDDEN.search(text)]

        plugin.shut_down()
        assert 0 == plugin.wait()


def texts(answer: Any) -> list[str]:
    """Return every text of the answer's diagnostics."""
    match answer.DESCRIPTOR.full_name.split(".")[-2]:
        case "CallFunction":
            return [answer.error.text]
        case "StopProvider":
            return [answer.Error]
    return [text for each in answer.diagnostics for text in (each.summary, each.detail)]


def test_no_request_makes_the_sandbox_fail(
    group: int, full: bool, request: pytest.FixtureRequest, sandbox: Sandbox, figures: Figures
) -> None:
    """The sandbox answers any request to any operation of its OpenAPI, and never with a server error."""
    drawn_by = request.config.getoption("seed")
    described = sandbox.call("GET", "/_sandbox/openapi.json").json
    paths = dict(sorted(described["paths"].items())[group::GROUPS])
    for path, method in [(path, method) for path, methods in paths.items() for method in methods]:
        sandbox.reset()
        known = {
            "slug": sandbox.call("POST", fuzz_service.APPS, {**fuzz_service.CREATED, "name": "fuzzed"}).json["slug"]
        }
        known |= {"app_id": "bigquery-crawler", "type_name": "Connection"}
        loaded = schemathesis.openapi.from_dict(fuzz_service.described(described, known))
        cases = loaded[path][method.upper()].as_strategy()

        @each_of(cases, REQUESTS[full], drawn_by, figures, "requests to the sandbox, none a server error")
        def _(case: schemathesis.Case) -> None:
            headers = {"Authorization": f"Bearer {sandbox.api_key}"}
            answer = case.call(base_url=sandbox.url, headers=headers)
            assert answer.status_code < 500 or "already has an active run" in answer.text, answer.text

    assert sandbox.process is not None
    assert None is sandbox.process.poll()
