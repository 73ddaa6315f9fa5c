"""What a sandbox is told on its command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

MOST = 1_000_000_000


@dataclass(frozen=True)
class Options:
    """`latency_ms` in milliseconds, `run_seconds` and `index_lag_seconds` in seconds, `page_size` in rows."""

    port: int
    database: Path
    api_key: str
    latency_ms: float = 0
    run_seconds: float = 5
    index_lag_seconds: float = 0
    page_size: int = 50
    surface_schedules: bool = False
    surface_row_schedules: bool = True
    surface_inputs: bool = True

    def __repr__(self) -> str:
        return f"Options(port={self.port}, database={str(self.database)!r})"


def _at_least(kind: type[int | float], least: int, name: str) -> Callable[[str], float]:
    def parse(text: str) -> float:
        number = kind(text)
        if not least <= number <= MOST:
            raise argparse.ArgumentTypeError(f"must be from {least} to {MOST}")
        return number

    parse.__name__ = name
    return parse


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError("must be from 0 to 65535")
    return number


def _key(text: str) -> str:
    if not text.strip() or not text.isascii():
        raise argparse.ArgumentTypeError("must be ASCII text, and not empty")
    return text


def _switch(parser: argparse.ArgumentParser, name: str, default: bool, what: str) -> None:
    group = parser.add_mutually_exclusive_group()
    dest = f"surface_{name.replace('-', '_')}"
    group.add_argument(
        f"--surface-{name}", dest=dest, action="store_true", default=default, help=f"{what} (default: {default})"
    )
    group.add_argument(f"--hide-{name}", dest=dest, action="store_false", help="the opposite")


def parse(arguments: list[str] | None = None) -> Options:
    """Options from the command line; leaves the process with a usage message if they make no sense."""
    parser = argparse.ArgumentParser(
        prog="atlan-sandbox", description="A local tenant on loopback.", allow_abbrev=False
    )
    parser.add_argument("--port", type=_port, required=True, help="0 takes a free one")
    parser.add_argument("--database", type=Path, required=True, help="the SQLite file that holds the state")
    parser.add_argument("--api-key", type=_key, required=True, help="the only key that is accepted")
    parser.add_argument("--latency-ms", type=_at_least(float, 0, "number"), default=0, help="before every answer")
    parser.add_argument("--run-seconds", type=_at_least(float, 0, "number"), default=5, help="length of a run")
    parser.add_argument(
        "--index-lag-seconds", type=_at_least(float, 0, "number"), default=0, help="age of what the index tells of runs"
    )
    parser.add_argument("--page-size", type=_at_least(int, 1, "integer"), default=50, help="caps every page")
    _switch(parser, "schedules", default=False, what="show schedules in a get and in a list")
    _switch(parser, "row-schedules", default=True, what="show them in a list too, where a get shows them")
    _switch(parser, "inputs", default=True, what="show inputs in a get")
    return Options(**vars(parser.parse_args(arguments)))
