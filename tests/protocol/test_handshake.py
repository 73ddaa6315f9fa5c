"""How the process starts: handshake line, certificate, socket, and a start by hand."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import grpc
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from provider.framework.server.handshake import MAGIC_COOKIE
from provider.framework.testing import ResourceClient, diagnostics
from tests.support import plugin_client
from tests.support.plugin_client import ROOT, SECONDS, Plugin, der, launched
from tests.support.toy_provider import PLAIN


def create(plugin: Plugin, **attributes: Any) -> Any:
    return ResourceClient(plugin.call, "toy_plain", PLAIN).apply(None, {"name": "a"} | attributes)


def test_the_line_names_protocol_socket_and_certificate(launch: Any) -> None:
    """The handshake line has go-plugin's six fields, and the certificate's base64 has no padding."""
    with launch(connect=False) as plugin:
        core, protocol, network, socket, kind, certificate = plugin.handshake()
        assert ("1", "6", "unix", "grpc") == (core, protocol, network, kind)
        assert Path(socket).is_socket()
        assert not certificate.endswith("=")


def test_nothing_but_the_line_reaches_stdout(launch: Any) -> None:
    """Output of a resource goes to stderr. Stdout contains only the handshake line."""
    with launch() as plugin:
        assert [] == create(plugin).diagnostics
        plugin.shut_down()
        assert plugin.wait() == 0
        assert ["|".join(plugin.handshake())] == plugin.stdout.all()
        assert "noise of a library" in plugin.stderr.all()


def test_the_certificate_is_p256_and_of_this_process_alone(launch: Any, home: Path) -> None:
    """Each process creates a P-256 certificate for localhost and writes nothing to the home directory."""
    found = []
    for _ in range(2):
        with launch() as plugin:
            found.append(x509.load_der_x509_certificate(der(plugin.handshake()[5])))
    keys = [each.public_key() for each in found]
    names = found[0].extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert all(isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1) for key in keys)
    assert keys[0] != keys[1]
    assert ["localhost"] == names.get_values_for_type(x509.DNSName)
    assert [] == list(home.iterdir())


def test_a_launch_does_not_need_a_home_that_can_be_written(launch: Any) -> None:
    """The handshake and a call succeed with a home directory that cannot exist."""
    with launch(HOME="/dev/null/home") as plugin:
        assert [] == create(plugin).diagnostics


def test_a_launch_without_a_client_certificate_uses_no_tls(launch: Any) -> None:
    """If Terraform turns TLS off, the certificate field is empty and an insecure channel works."""
    with launch(tls=False) as plugin:
        assert plugin.handshake()[5] == ""
        assert [] == create(plugin).diagnostics


def test_only_the_owner_can_reach_the_socket(launch: Any) -> None:
    """The socket is in a directory of mode 0700, which is removed after Shutdown."""
    with launch() as plugin:
        directory = Path(plugin.handshake()[3]).parent
        assert directory.stat().st_mode & 0o777 == 0o700
        plugin.shut_down()
        plugin.wait()
        assert not directory.exists()


@pytest.mark.parametrize("name", ["with a space", "100%25 #1?", "zoë"])
def test_a_temporary_directory_may_have_any_name(launch: Any, short_path: Path, name: str) -> None:
    """The socket is in TMPDIR, even if its path contains a space or special characters of a URI."""
    directory = short_path / name
    directory.mkdir()
    with launch(connect=False, TMPDIR=str(directory)) as plugin:
        socket = plugin.handshake()[3]
        assert Path(socket).is_relative_to(directory)
        assert Path(socket).is_socket()
        plugin.connect()
        assert [] == create(plugin).diagnostics


def test_a_temporary_directory_too_long_for_a_socket_is_not_used(launch: Any, tmp_path: Path) -> None:
    """If TMPDIR is too long for a socket, the socket is in /tmp and TMPDIR stays empty."""
    directory = tmp_path / ("x" * 100)
    directory.mkdir()
    with launch(TMPDIR=str(directory)) as plugin:
        assert plugin.handshake()[3].startswith("/tmp/")
        assert [] == list(directory.iterdir())
        assert [] == create(plugin).diagnostics
        plugin.shut_down()
        assert plugin.wait() == 0


def test_the_stream_of_output_ends_at_once(launch: Any) -> None:
    """Terraform's request for the output of this process returns an empty stream, not an error."""
    with launch() as plugin:
        assert [] == plugin.stdio()


@pytest.mark.parametrize("cookie", [{}, {MAGIC_COOKIE[0]: "another"}])
def test_started_by_hand_it_says_what_it_is(home: Path, cookie: dict[str, str]) -> None:
    """Without Terraform's cookie the program prints what it is and exits with 1."""
    environment = plugin_client.environment(home, cookie=False, **cookie)
    command = [sys.executable, "-m", "provider"]
    told = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=SECONDS)
    assert (1, "") == (told.returncode, told.stdout)
    assert "It is a plugin that Terraform and OpenTofu start" in told.stderr
    assert "Traceback" not in told.stderr


def test_started_for_debugging_it_prints_how_to_reattach(launch: Any) -> None:
    """``--debug`` prints the variable that makes Terraform use the running process. SIGTERM ends the process."""
    with launch("--debug", connect=False, cookie=False) as plugin:
        line = plugin.stdout.wait_for(lambda line: line.startswith("TF_REATTACH_PROVIDERS="))
        told = json.loads(re.fullmatch(r"TF_REATTACH_PROVIDERS='(.*)'", line)[1])  # type: ignore[index]
        (how,) = told.values()
        assert ["registry.terraform.io/example/toy"] == list(told)
        assert ("grpc", 6, plugin.process.pid, True) == tuple(
            how[name] for name in ("Protocol", "ProtocolVersion", "Pid", "Test")
        )
        assert how["Addr"]["Network"] == "unix"
        assert Path(how["Addr"]["String"]).is_socket()
        plugin.process.terminate()
        assert plugin.wait() == 0
        assert not Path(how["Addr"]["String"]).exists()


def test_the_real_program_answers_its_schema(home: Path) -> None:
    """``python -m provider``, launched as Terraform does, returns its schema without a diagnostic."""
    with launched(home, command=[sys.executable, "-m", "provider"]) as plugin:
        schema = plugin.start("GetProviderSchema").result()
        assert [] == diagnostics(schema)
        assert "atlan_app" in schema.resource_schemas


def test_a_launch_for_the_schema_loads_nothing_heavy(home: Path) -> None:
    """Answering GetProviderSchema loads no module that it does not use.

    Not loaded are: urllib3, pydantic, a JSON schema library, messages in pure Python, the code that checks inputs or
    refreshes, and the facts about the known apps.
    """
    program = """
import sys
from provider.__main__ import load
from provider.framework.server.grpc_server import load_servicer

servicer = load_servicer(load)
method = servicer.methods["GetProviderSchema"]
answer = servicer.call(method, method.request())
assert answer.resource_schemas and not answer.diagnostics, answer
print(" ".join(sys.modules))
"""
    environment = {"PATH": os.environ["PATH"], "HOME": str(home)}
    told = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=SECONDS
    )
    assert "" == told.stderr
    loaded = set(told.stdout.split())
    heavy = {"urllib3", "pydantic", "jsonschema", "jsonschema_rs", "pyatlan", "fastapi", "asyncio"}
    assert {"grpc", "provider"} <= loaded
    own = {"contracts.schema", "model.known_apps", "model.regular_expressions", "provider_data", "refresh"}
    unused = {f"provider.{name}" for name in own} | {"google.protobuf.internal.python_message"}
    assert set() == loaded & (heavy | unused)


def test_a_provider_that_cannot_be_loaded_ends_the_process(launch: Any) -> None:
    """The handshake comes before the provider is loaded. If loading fails, no call waits, and stderr says why."""
    with launch("--broken") as plugin:
        with pytest.raises(grpc.RpcError):
            plugin.start("GetProviderSchema").result()
        assert plugin.wait() == 1
        assert "RuntimeError: a module that cannot be imported" in plugin.stderr.all()


def test_what_prints_while_it_is_imported_stays_off_stdout(home: Path, tmp_path: Path) -> None:
    """Output of a library at import goes to stderr, because stdout is set aside before any import."""
    Path(tmp_path, "grpc.py").write_text('print("hello")\nraise SystemExit(3)\n')
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONPATH": str(tmp_path)}
    told = subprocess.run(
        [sys.executable, "-m", "provider"],
        cwd=ROOT,
        env=environment | dict([MAGIC_COOKIE]),
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    assert (3, "", "hello\n") == (told.returncode, told.stdout, told.stderr)
