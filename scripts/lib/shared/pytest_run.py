"""Run pytest on some workers, and report what ran and what did not."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scripts.lib.shared.mirror import ROOT

SECONDS = 45 * 60
"""How long a suite may take before it is ended and counts as failed."""

_LEFT_OUT = ("PYTEST_ADDOPTS", "PYTHONDONTWRITEBYTECODE")
"""Bytecode is written, whatever the machine says: a provider is launched often, and has it when it is installed."""

_COUNT = re.compile(r"(\d+) (passed|failed|skipped|errors?|xfailed|xpassed)\b")  # so that what did not run is told too
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Outcome:
    """How one part of the run ended: why it failed, if it did, and pytest's own closing line."""

    name: str
    seconds: float
    problem: str = ""
    closing: str = ""
    skipped: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """The numbers of the closing line: ``{"passed": 12, "skipped": 1}``."""
        return {word: int(number) for number, word in _COUNT.findall(_COLOUR.sub("", self.closing))}


def run(
    name: str,
    options: Sequence[str],
    paths: Sequence[str],
    *,
    seconds: float = SECONDS,
    spread: str = "loadfile",
    workers: int = 2,
) -> Outcome:
    """Run pytest on some workers; `spread` is how it deals out the tests, `seconds` when it is ended."""
    started = time.monotonic()
    command = [sys.executable, "-m", "pytest", "-ra", "-n", str(workers), "--dist", spread, *options, *paths]
    code, lines = _run(command, seconds)
    plain = [_COLOUR.sub("", line) for line in lines]
    return Outcome(
        name,
        time.monotonic() - started,
        problem=_problem(code),
        closing=next((line for line in reversed(lines) if _is_closing(line)), ""),
        skipped=tuple(line for line in plain if line.startswith("SKIPPED ")),
    )


def report(outcomes: Sequence[Outcome], say: Callable[[str], None] = print) -> None:
    """Print a line for each part, what was skipped, and pytest's closing lines."""
    say("")
    for outcome in outcomes:
        tests = f"{sum(outcome.counts.values())} tests" if outcome.closing else ""
        say(f"{outcome.name:<12}{outcome.problem or 'passed':<10}{tests:>12}{outcome.seconds:>9.1f} s")
    for outcome in outcomes:
        for line in outcome.skipped:
            say(f"!! NOT RUN in {outcome.name}: {line}")
        if outcome.problem:
            say(f"!! {outcome.name}: {outcome.problem}")
    for outcome in outcomes:
        if outcome.closing:
            say(outcome.closing)


def _problem(code: int) -> str:
    """Return what pytest's exit code means, nothing for 0."""
    meanings = {0: "", 1: "FAILED", 2: "INTERRUPTED", 5: "COULD NOT RUN: no test was found"}
    return meanings.get(code, f"COULD NOT RUN: pytest ended with {code}")


def _is_closing(line: str) -> bool:
    return bool(re.search(r" in [0-9.]+s", line)) and bool(_COUNT.search(_COLOUR.sub("", line)))


def _run(command: Sequence[str], seconds: float) -> tuple[int, list[str]]:
    """Run a command, print what it prints and return that too, with its exit code."""
    colour = ["--color=yes"] if sys.stdout.isatty() else []
    environment = {name: value for name, value in os.environ.items() if name not in _LEFT_OUT}
    process = subprocess.Popen(
        [*command, *colour], cwd=ROOT, env=environment, stdout=subprocess.PIPE, encoding="utf-8", errors="replace"
    )
    bound = threading.Timer(seconds, process.send_signal, [signal.SIGTERM])
    bound.daemon = True
    bound.start()
    lines: list[str] = []
    assert process.stdout is not None
    with process.stdout as printed:
        for line in printed:
            print(line, end="", flush=True)
            lines.append(line.rstrip("\n"))
    bound.cancel()
    return process.wait(), lines
