"""The figures as a Markdown table."""

import pytest

from scripts.lib.benchmark import table
from scripts.lib.benchmark.figures import Limit, Row


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [(0.61234, "s", "0.612 s"), (1234.5, "ms", "1,234 ms"), (2060.0, "requests", "2,060"), (1.304, "", "1.30 x")],
)
def test_an_amount_is_as_long_as_it_is_of_use(value: float, unit: str, text: str) -> None:
    """A number has three digits, a large number all of its digits. A ratio is a multiple."""
    assert text == table.amount(value, unit)


def test_the_table_is_markdown() -> None:
    """Columns are aligned, so that the documentation can contain the printed table."""
    told = table.of_rows([Row("plan", "s", [1.0, 2.0, 4.0], [0.5]), Row("launch", "ms", [200.0])])
    assert [
        "| what   | median | least to most    | cpu   | runs |",
        "| ------ | ------ | ---------------- | ----- | ---- |",
        "| plan   | 2 s    | 1 s to 4 s       | 0.5 s | 3    |",
        "| launch | 200 ms | 200 ms to 200 ms |       | 1    |",
    ] == told.splitlines()


def test_a_limit_that_is_exceeded_is_marked() -> None:
    """The table of limits marks a figure above its bound."""
    told = table.of_limits([Limit("launch", 1.0, 1.0), Limit("requests", 41, 40, "requests")])
    assert [["launch", "1.00 x", "1.00 x", "yes"], ["requests", "41", "40", "NO"]] == [
        [cell.strip() for cell in line.strip("|").split("|")] for line in told.splitlines()[2:]
    ]
