"""The command-line options of `atlan-sandbox`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from provider.sandbox.switches import add_switches

LARGEST_NUMBER = 1_000_000_000
CONTRACT_FORMS = ("open", "closed")
SECOND_SUBMITS = ("error", "coded-error", "skipped")
"""The results of a submit while a run is active: a 500, a 500 with the engine's code, or a run that is Skipped."""


@dataclass(frozen=True)
class Options:
    """The options; `page_size` is a number of rows, `contracts` one of `CONTRACT_FORMS`."""

    port: int
    database: Path
    api_key: str
    latency_ms: float = 0
    run_seconds: float = 5
    submit_seconds: float = 0
    second_submit: str = SECOND_SUBMITS[0]
    run_reasons: bool = False
    index_lag_seconds: float = 0
    page_size: int = 50
    surface_schedules: bool = False
    surface_row_schedules: bool = True
    surface_inputs: bool = True
    contracts: str = "open"
    marketplace: bool = True
    surface_credential_list: bool = True
    surface_extra: bool = False
    unique_credential_names: bool = True
    keep_failed_credentials: bool = True
    registered_connectors: bool = True
    fresh_slug_seconds: float = 0
    not_found_code: bool = True
    cold_app_requests: int = 0

    def __repr__(self) -> str:
        return f"Options(port={self.port}, database={str(self.database)!r})"


def parse(arguments: list[str] | None = None) -> Options:
    """Return the options from the command line. Exit with a usage message if they are invalid."""
    parser = argparse.ArgumentParser(
        prog="atlan-sandbox",
        description="Run a local tenant on the loopback address.",
        allow_abbrev=False,
    )
    parser.add_argument("--port", type=_port, required=True, help="the port to listen on; 0 selects a free port")
    parser.add_argument("--database", type=Path, required=True, help="the SQLite file that stores the tenant")
    parser.add_argument("--api-key", type=_key, required=True, help="the only API key that is accepted")
    _add_amounts(parser)
    _add_run_options(parser)
    _add_refusals(parser)
    _add_contracts(parser)
    add_switches(parser, vars(Options))
    return Options(**vars(parser.parse_args(arguments)))


def _at_least(kind: type[int | float], least: int, name: str) -> Callable[[str], float]:
    def parse_number(text: str) -> float:
        number = kind(text)
        if not least <= number <= LARGEST_NUMBER:
            raise argparse.ArgumentTypeError(f"must be from {least} to {LARGEST_NUMBER}")
        return number

    parse_number.__name__ = name  # argparse shows it in "invalid number value"
    return parse_number


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError("must be from 0 to 65535")
    return number


def _key(text: str) -> str:
    if not text.strip() or not text.isascii():
        raise argparse.ArgumentTypeError("must be ASCII text, and not empty")
    return text


def _add_amounts(parser: argparse.ArgumentParser) -> None:
    """Add the options for times and sizes."""
    number, rows = _at_least(float, 0, "number"), _at_least(int, 1, "integer")
    parser.add_argument(
        "--latency-ms", type=number, default=0, help="milliseconds to wait before each response (default: 0)"
    )
    parser.add_argument("--run-seconds", type=number, default=5, help="seconds that a run takes (default: 5)")
    parser.add_argument(
        "--index-lag-seconds",
        type=number,
        default=0,
        help="seconds until the index search knows the status of a run, or a new connection (default: 0)",
    )
    parser.add_argument("--page-size", type=rows, default=50, help="maximum rows in a page of a list (default: 50)")


def _add_run_options(parser: argparse.ArgumentParser) -> None:
    """Add the options for submits."""
    parser.add_argument(
        "--submit-seconds",
        type=_at_least(float, 0, "number"),
        default=0,
        help="seconds from the start of a run to the answer of its submit, multiplied by the number of submits that go "
        "on (default: 0)",
    )
    parser.add_argument(
        "--second-submit",
        choices=SECOND_SUBMITS,
        default=SECOND_SUBMITS[0],
        help="the result of a submit while a run is active: a 500, a 500 with the code AE-WF-409-03 in its text, or a "
        "run that ends as Skipped (default: error)",
    )


def _add_refusals(parser: argparse.ArgumentParser) -> None:
    """Add the options for refusals of the service."""
    number, count = _at_least(float, 0, "number"), _at_least(int, 0, "integer")
    parser.add_argument(
        "--fresh-slug-seconds",
        type=number,
        default=0,
        help="seconds after a create during which all routes of the slug answer 404 (default: 0)",
    )
    parser.add_argument(
        "--cold-app-requests",
        type=count,
        default=0,
        help="the first requests to each app, for its description, its contract, a publish or a submit, that are "
        "answered with 500 and a refused connection (default: 0)",
    )


def _add_contracts(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--contracts",
        choices=CONTRACT_FORMS,
        default="open",
        help="serve contracts that allow any other input and require none, as published apps do, or closed contracts "
        "(default: open)",
    )
