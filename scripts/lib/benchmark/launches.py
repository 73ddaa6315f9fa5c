"""Launch a plugin as Terraform does, and measure the time to the handshake line and to the schema."""

from __future__ import annotations

import base64
import os
import ssl
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import grpc

from provider.framework.server.handshake import MAGIC_COOKIE

SECONDS = 60.0
"""The longest time of a launch."""

_SCHEMA = "/tfplugin6.Provider/GetProviderSchema"
_ANY_SIZE = [("grpc.max_receive_message_length", -1), ("grpc.ssl_target_name_override", "localhost")]


class LaunchError(Exception):
    """The program printed no handshake line."""


class Launch(NamedTuple):
    """The milliseconds from the launch to the handshake, and to the schema of a plugin."""

    handshake: float
    schema: float | None


def environment(home: Path, base: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the environment of a plugin. Python caches bytecode in it, as on the machine of a user."""
    launched = {"HOME": str(home), "PLUGIN_PROTOCOL_VERSIONS": "5,6", "PLUGIN_CLIENT_CERT": "a certificate"}
    return {"PATH": base["PATH"]} | dict([MAGIC_COOKIE]) | launched


def interpreter(command: Sequence[str | Path], home: Path) -> float:
    """Return the milliseconds until a program has printed its first line."""
    return _measure([*command], home, plugin=False).handshake


def plugin(command: Sequence[str | Path], home: Path) -> Launch:
    """Launch a plugin, and return the times. Raises LaunchError."""
    return _measure([*command], home, plugin=True)


def _measure(command: list[str | Path], home: Path, *, plugin: bool) -> Launch:
    started = time.perf_counter()
    with subprocess.Popen(
        command, env=environment(home), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        try:
            line = process.stdout.readline().decode().strip()
            handshake = _since(started)
            if not plugin:
                return Launch(handshake, None)
            if line.count("|") != 5:
                raise LaunchError(f"{command[0]} printed no handshake line but {line!r}")
            _ask_for_the_schema(line)
            return Launch(handshake, _since(started))
        finally:
            process.kill()


def _since(started: float) -> float:
    return (time.perf_counter() - started) * 1000


def _ask_for_the_schema(line: str) -> None:
    _, _, _, socket, _, certificate = line.split("|")
    der = base64.b64decode(certificate + "=" * (-len(certificate) % 4))
    credentials = grpc.ssl_channel_credentials(ssl.DER_cert_to_PEM_cert(der).encode())
    with grpc.secure_channel(f"unix:{socket}", credentials, options=_ANY_SIZE) as channel:
        channel.unary_unary(_SCHEMA)(b"", timeout=SECONDS)
