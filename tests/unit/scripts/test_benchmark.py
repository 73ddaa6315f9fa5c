"""The parts of scripts/benchmark that measure nothing: figures, tables, limits, and what an apply sent."""

import base64
import io
import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from provider.resources.app.schema import SCHEMA
from scripts.benchmarks import chart, clones, configurations, limits, noop, table
from scripts.benchmarks.figures import NEWCOMER, Limit, Row, Rows
from scripts.benchmarks.replay import Traffic, traffic
from scripts.benchmarks.suite import KINDS


def rows(**more: float) -> Rows:
    """Rows of a run with two apps, all of them within their limits, but for those that are given."""
    found = Rows()
    for what in ("handshake", "schema"):
        found.add(f"launch to {what}, no-op provider", "ms", 100)
        found.add(f"launch to {what}, this provider", "ms", more.get(what, 100))
        found.add(f"launch to {what}, built binary", "ms", more.get("binary", 120))
    found.add(NEWCOMER, "s", more.get("newcomer", 20))
    for size in (1, 2):
        found.add(f"plan of {size}, terraform_data", "s", 1)
        found.add(f"plan of {size}, no-op provider", "s", 2)
        found.add(f"plan of {size}, this provider", "s", more.get(f"plan{size}", 2.1))
    for kind in ("this provider", "this provider with schedules"):
        found.add(f"requests of a plan of 2, {kind}", "requests", more.get("plan_requests", 40))
        found.add(f"memory in a plan of 2, {kind}", "MiB", more.get("memory", 143))
    found.add("requests of an apply of 2", "requests", more.get("apply_requests", 64))
    found.add("apply of 2, terraform_data", "s", 2)
    found.add("replay of 2 by a bare client", "s", 1)
    found.add("apply of 2, this provider", "s", more.get("apply", 4.5))
    return found


def broken(found: Rows) -> list[str]:
    return [limit.what for limit in limits.of(found, 2) if not limit.holds]


def test_a_row_tells_the_middle_and_the_spread() -> None:
    """One slow run changes the spread, not the median."""
    row = Row("plan", "s", [1.0, 9.0, 2.0])
    assert (2.0, (1.0, 9.0)) == (row.median, row.spread)


def test_rows_keep_the_order_in_which_they_were_measured() -> None:
    """What is measured in turns is one row each, with all its samples and what they took of the processor."""
    found = Rows()
    for sample in (1.0, 2.0):
        found.add("b", "s", sample, cpu=sample / 2)
        found.add("a", "ms", sample)
    assert [
        {"name": "b", "unit": "s", "samples": [1.0, 2.0], "cpu": [0.5, 1.0], "median": 1.5},
        {"name": "a", "unit": "ms", "samples": [1.0, 2.0], "cpu": [], "median": 1.5},
    ] == found.as_json()


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [(0.61234, "s", "0.612 s"), (1234.5, "ms", "1,234 ms"), (2060.0, "requests", "2,060"), (1.304, "", "1.30 x")],
)
def test_an_amount_is_as_long_as_it_is_of_use(value: float, unit: str, text: str) -> None:
    """Three digits, or all of a large number; a ratio is a multiple."""
    assert text == table.amount(value, unit)


def test_the_table_is_markdown() -> None:
    """Columns are aligned, and the README takes the table as it is printed."""
    told = table.of_rows([Row("plan", "s", [1.0, 2.0, 4.0], [0.5]), Row("launch", "ms", [200.0])])
    assert [
        "| what   | median | least to most    | cpu   | runs |",
        "| ------ | ------ | ---------------- | ----- | ---- |",
        "| plan   | 2 s    | 1 s to 4 s       | 0.5 s | 3    |",
        "| launch | 200 ms | 200 ms to 200 ms |       | 1    |",
    ] == told.splitlines()


def test_a_limit_that_is_missed_is_told() -> None:
    """The table of limits says which figure is beyond its bound."""
    told = table.of_limits([Limit("launch", 1.0, 1.0), Limit("requests", 41, 40, "requests")])
    assert [["launch", "1.00 x", "1.00 x", "yes"], ["requests", "41", "40", "NO"]] == [
        [cell.strip() for cell in line.strip("|").split("|")] for line in told.splitlines()[2:]
    ]


def test_every_limit_holds_at_its_bound() -> None:
    """A run that is just as fast as it has to be breaks no limit, and there are thirteen of them."""
    assert [] == broken(rows())
    assert 13 == len(limits.of(rows(), 2))


def test_a_release_is_held_to_its_limits_where_it_was_measured() -> None:
    """Without an archive there are three limits fewer."""
    found, measured = Rows(), rows()
    for row in measured:
        if row.name != NEWCOMER:
            found.add(row.name, row.unit, row.median)
    assert 3 == len(limits.of(measured, 2)) - len(limits.of(found, 2))


@pytest.mark.parametrize(
    ("worse", "missed"),
    [
        ({"handshake": 101}, ["launch to handshake / no-op provider's"]),
        ({"schema": 101}, ["launch to schema / no-op provider's"]),
        ({"plan1": 2.3}, ["plan of 1 / no-op provider's"]),
        ({"plan2": 2.7}, ["plan of 2 / no-op provider's"]),
        ({"plan2": 3.6}, ["plan of 2 / no-op provider's", "plan of 2 / terraform_data's"]),
        ({"plan_requests": 41}, ["requests of a plan of 2, this provider"]),
        ({"binary": 140}, [f"launch to {what}, built binary / from source" for what in ("handshake", "schema")]),
        ({"newcomer": 61}, [NEWCOMER]),
        ({"memory": 144}, ["memory of the provider"]),
        ({"apply_requests": 65}, ["requests of an apply of 2"]),
        ({"apply": 4.6}, ["apply of 2 / (terraform_data's + replay's)"]),
    ],
)
def test_what_is_slower_misses_its_limit(worse: dict[str, float], missed: list[str]) -> None:
    """Each figure has its bound, and a figure beyond it misses that one."""
    assert missed == broken(rows(**worse))


def test_growth_is_beside_terraform_s_own() -> None:
    """A plan may grow with the number of resources as much as Terraform's floor does."""
    found = Rows()
    for size, floor, ours in ((100, 1.0, 2.0), (5000, 5.0, 11.0)):
        found.add(f"plan of {size}, terraform_data", "s", floor)
        found.add(f"plan of {size}, this provider", "s", ours)
    limit = limits.growth(found, 100, 5000)
    assert (5.5, 5.0, False) == (limit.figure, limit.bound, limit.holds)


def test_a_state_is_told_again_for_each_resource(tmp_path: Path) -> None:
    """Its name is replaced wherever it stands, in private state too; the index counts, and the state is a newer one."""
    private = base64.b64encode(b'{"of": "g-00000"}').decode()
    instance = {"index_key": 0, "attributes": {"input": {"value": ["g-00000"]}}, "private": private}
    state = {"serial": 4, "outputs": {}, "resources": [{"type": "terraform_data", "instances": [instance]}]}
    (tmp_path / "terraform.tfstate").write_text(json.dumps(state))
    clones.clone(tmp_path, "g", 3, None, 1)
    told = json.loads((tmp_path / "terraform.tfstate").read_text())
    found = told["resources"][0]["instances"]
    assert (5, [0, 1, 2]) == (told["serial"], [each["index_key"] for each in found])
    assert [["g-00000"], ["g-00001"], ["g-00002"]] == [each["attributes"]["input"]["value"] for each in found]
    assert b'{"of": "g-00002"}' == base64.b64decode(found[2]["private"])


def test_the_noop_provider_carries_the_same_values() -> None:
    """Its attributes are atlan_app's, of the same types, so that only what a provider does is different."""
    ours = {name: json.dumps(each.cty, sort_keys=True) for name, each in SCHEMA.by_name.items()}
    others = {each.name: json.loads(each.type.tf_type()) for each in noop.App.get_schema().attributes}
    assert ours == {name: json.dumps(ty, sort_keys=True) for name, ty in others.items()}


def entry(method: str, path: str, query: str = "") -> dict[str, Any]:
    return {"method": method, "path": f"/api/service/v1/{path}", "query": query}


def test_the_traffic_of_an_apply_is_counted_by_what_it_was() -> None:
    """Creates and reads of one app are counted, and every other request is kept as it was sent."""
    entries = [entry("GET", "apps/a/inputs", "entrypoint=b"), entry("POST", "app"), entry("GET", "app/slug-1")]
    sent = traffic([*entries, entry("GET", "app", "limit=5")])
    others = [("GET", "/api/service/v1/apps/a/inputs?entrypoint=b"), ("GET", "/api/service/v1/app?limit=5")]
    assert Traffic(1, 1, others) == sent
    assert 4 == sent.total


@pytest.mark.parametrize("kind", KINDS)
def test_each_configuration_holds_the_same(kind: str) -> None:
    """Whatever is compared has as many resources, of the same names and inputs."""
    written = KINDS[kind](7, "app")
    assert "count = 7" in written
    assert 'name       = format("app-%05d", count.index)' in written
    assert "temp_table_regex" in written
    assert configurations.SCHEDULES in written or kind != "this provider"


def test_the_chart_is_a_picture(tmp_path: Any) -> None:
    """The chart is a PNG with a panel for each unit."""
    path = tmp_path / "chart.png"
    chart.draw(rows(), path, "a title")
    picture = Image.open(io.BytesIO(path.read_bytes()))
    assert ("PNG", True) == (picture.format, picture.width > 500)
