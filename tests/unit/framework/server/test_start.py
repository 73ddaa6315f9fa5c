"""How serving starts, and why it may not."""

import io
import json
import logging
import os
import sys
from typing import Any

import pytest

from provider.framework import logs
from provider.framework.server import start
from provider.framework.server.listener import Endpoint
from tests.support.toy_provider import ToyProvider


def test_the_line_to_reattach_names_the_provider_and_the_process() -> None:
    """TF_REATTACH_PROVIDERS is JSON by the provider's address."""
    found: Any = json.loads(start._reattach(ToyProvider(), Endpoint("unix", "/tmp/a")))
    expected = {"Network": "unix", "String": "/tmp/a"}
    (process,) = found.values()
    assert ["registry.terraform.io/example/toy"] == list(found)
    assert (os.getpid(), "grpc", 6, expected) == tuple(
        process[name] for name in ("Pid", "Protocol", "ProtocolVersion", "Addr")
    )


def test_a_plugin_that_may_not_listen_exits_with_the_reason(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On TCP without a certificate of Terraform nothing is written to stdout, and no provider is loaded."""
    monkeypatch.setenv("PLUGIN_NETWORK", "tcp")
    monkeypatch.delenv("PLUGIN_CLIENT_CERT", raising=False)
    monkeypatch.setattr(logs, "start", lambda _logger: None)
    monkeypatch.setattr(logging, "shutdown", lambda: None)
    monkeypatch.setattr(os, "_exit", sys.exit)
    out = io.StringIO()
    with pytest.raises(SystemExit) as raised:
        start.serve(ToyProvider, out, "toy")
    assert 1 == raised.value.code
    assert out.getvalue() == ""
    assert capsys.readouterr().err.endswith("Unset TF_DISABLE_PLUGIN_TLS.\n")
