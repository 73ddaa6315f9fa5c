"""Measure this provider, Terraform without a provider, and a provider that does nothing, in turns."""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from scripts.lib.benchmark import chart, limits, table
from scripts.lib.benchmark.launches import LaunchError
from scripts.lib.benchmark.suite import Bench, Progress
from scripts.lib.benchmark.workspaces import CommandError
from scripts.lib.shared import cli, mirror, tenant
from scripts.lib.shared.tenant import Tenant, TenantError

SMALL, LARGE = 100, 5000
"""The numbers of resources whose plans --growth compares."""


def main(arguments: Sequence[str]) -> int:
    """Measure, and print the figures. Return 0 if everything could be measured."""
    options = _options(arguments)
    progress = Progress()
    try:
        with tempfile.TemporaryDirectory(prefix="atlan-benchmark-") as directory:
            bench = _measured(options, Path(directory), progress)
    except (cli.CliMissingError, TenantError, CommandError, LaunchError) as error:
        print(f"\nbenchmark: {error}", file=sys.stderr)
        return 1
    progress.end()
    _tell(bench, options)
    return 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/benchmark", description=__doc__)
    add = parser.add_argument
    add("--apps", type=int, default=20, help="the number of apps; the documented figures are of 1000 (default: 20)")
    add(
        "--latency-ms",
        type=float,
        default=10,
        help="the latency of the service; 50 for the documented figures (default: 10)",
    )
    add(
        "--runs",
        type=int,
        default=3,
        help="the number of applies; twice as many plans, ten times as many launches (default: 3)",
    )
    add("--json", type=Path, metavar="FILE", help="write every measurement to this file")
    add("--chart", type=Path, metavar="FILE", default=Path("build", "benchmark.png"), help="default: %(default)s")
    add("--archive", type=Path, metavar="FILE", help="a zip from scripts/build, to be installed and launched too")
    add("--growth", action="store_true", help=f"also plan {SMALL:,} and {LARGE:,} apps")
    options = parser.parse_args(arguments)
    if options.apps < 2 or options.runs < 1 or options.latency_ms < 0:
        parser.error("--apps must be 2 or more, --runs 1 or more, and --latency-ms 0 or more")
    if options.archive is not None and not zipfile.is_zipfile(options.archive):
        parser.error(f"--archive names {options.archive}, which is not a zip file")
    return options


def _measured(options: argparse.Namespace, directory: Path, progress: Progress) -> Bench:
    program = cli.find()
    progress("starting sandboxes")
    far_away = options.latency_ms
    with (
        _sandbox(directory / "near", 0) as near,
        _sandbox(directory / "far", far_away) as far,
        _sandbox(directory / "apart", far_away) as apart,
    ):
        bench = Bench(program, directory, mirror.EXECUTABLE, near, far, apart, options.runs, progress)
        bench.launch(options.archive)
        bench.one()
        if options.archive:
            bench.newcomer(options.archive)
        bench.many(options.apps)
        for size in (SMALL, LARGE) if options.growth else ():
            bench.grow(size)
    return bench


@contextmanager
def _sandbox(directory: Path, latency_ms: float) -> Iterator[Tenant]:
    directory.mkdir()
    started = tenant.start_sandbox(directory, options=[f"--latency-ms={latency_ms}", "--surface-schedules"])
    try:
        yield started
    finally:
        started.end()


def _tell(bench: Bench, options: argparse.Namespace) -> None:
    found = limits.of(bench.rows, options.apps)
    if options.growth:
        found.append(limits.growth(bench.rows, SMALL, LARGE))
    title = f"{options.apps:,} apps, {options.latency_ms:g} ms latency, {_machine(bench.program)}"
    print(f"\n{title}\n\n{table.of_rows(bench.rows)}\n\n{table.of_limits(found)}")
    options.chart.parent.mkdir(parents=True, exist_ok=True)
    chart.draw(bench.rows, options.chart, title)
    print(f"\nThe chart is {options.chart}")
    if options.json:
        rows, told = bench.rows.as_json(), [each.as_json() for each in found]
        options.json.write_text(json.dumps({"title": title, "rows": rows, "limits": told}, indent=1) + "\n")


def _machine(program: str) -> str:
    version = subprocess.run([program, "version", "-json"], capture_output=True, check=True).stdout
    name, number = Path(program).name, json.loads(version)["terraform_version"]
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, {name} {number}"


def _end(*_: object) -> None:
    raise SystemExit(143)  # so that the with blocks end the sandboxes


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _end)
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
