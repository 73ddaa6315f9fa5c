"""scripts/benchmark runs to its end and measures every figure, whatever its value on this machine."""

import json
import subprocess
import sys
from pathlib import Path

from scripts.lib.shared.mirror import ROOT

APPS, SHORT = 50, 2
SECONDS = 900.0


def test_a_small_benchmark_measures_everything(full: bool, tmp_path: Path) -> None:
    """A run with few apps succeeds, with a table, a chart, and a positive figure of each kind."""
    apps = APPS if full else SHORT
    json_file, chart = tmp_path / "figures.json", tmp_path / "chart.png"
    command = [sys.executable, "-m", "scripts.lib.benchmark", f"--apps={apps}", "--runs=1", "--latency-ms=1"]
    done = subprocess.run(
        [*command, f"--json={json_file}", f"--chart={chart}"],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(json_file.read_text())
    rows = {row["name"]: row["median"] for row in told["rows"]}
    assert [] == [name for name, median in rows.items() if not median]
    assert {"terraform_data", "no-op provider", "this provider"} == {
        name.partition(", ")[2] for name in rows if name.startswith(f"apply of {apps},")
    }
    assert 1 == rows["requests of a plan of 1, this provider"]
    assert 10 == len(told["limits"])
    assert all(name in done.stdout for name in rows)
    assert chart.read_bytes().startswith(b"\x89PNG")
