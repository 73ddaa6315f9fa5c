"""Run pytest on several workers, and report the results."""

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
"""The longest time of a suite. After it, pytest is terminated, and the suite has failed."""

_LEFT_OUT = ("PYTEST_ADDOPTS", "PYTHONDONTWRITEBYTECODE")
"""Variables that pytest does not get. Bytecode is written, because tests launch the provider often."""

_COUNT = re.compile(r"(\d+) (passed|failed|skipped|errors?|xfailed|xpassed)\b")  # skipped tests are reported, too
_COLOR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Outcome:
    """The result of one part of the run: the problem or an empty text, and the last line of pytest."""

    name: str
    seconds: float
    problem: str = ""
    closing: str = ""
    skipped: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """The numbers in the last line of pytest: ``{"passed": 12, "skipped": 1}``."""
        return {word: int(number) for number, word in _COUNT.findall(_COLOR.sub("", self.closing))}


def run(
    name: str,
    options: Sequence[str],
    paths: Sequence[str],
    *,
    seconds: float = SECONDS,
    spread: str = "loadfile",
    workers: int = 2,
) -> Outcome:
    """Run pytest on several workers.

    `spread` is the value of pytest-xdist's option ``--dist``. After `seconds`, pytest is terminated.
    """
    started = time.monotonic()
    command = [sys.executable, "-m", "pytest", "-ra", "-n", str(workers), "--dist", spread, *options, *paths]
    code, lines = _run(command, seconds)
    plain = [_COLOR.sub("", line) for line in lines]
    return Outcome(
        name,
        time.monotonic() - started,
        problem=_problem(code),
        closing=next((line for line in reversed(lines) if _is_closing(line)), ""),
        skipped=tuple(line for line in plain if line.startswith("SKIPPED ")),
    )


def report(outcomes: Sequence[Outcome], say: Callable[[str], None] = print) -> None:
    """Print a line for each part, the skipped tests, and the last lines of pytest."""
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
    """Return the meaning of pytest's exit code, an empty text for 0."""
    meanings = {0: "", 1: "FAILED", 2: "INTERRUPTED", 5: "COULD NOT RUN: no test was found"}
    return meanings.get(code, f"COULD NOT RUN: pytest ended with {code}")


def _is_closing(line: str) -> bool:
    return bool(re.search(r" in [0-9.]+s", line)) and bool(_COUNT.search(_COLOR.sub("", line)))


def _run(command: Sequence[str], seconds: float) -> tuple[int, list[str]]:
    """Run a command and print its output. Return its exit code and the lines of its output."""
    color = ["--color=yes"] if sys.stdout.isatty() else []
    environment = {name: value for name, value in os.environ.items() if name not in _LEFT_OUT}
    process = subprocess.Popen(
        [*command, *color], cwd=ROOT, env=environment, stdout=subprocess.PIPE, encoding="utf-8", errors="replace"
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
