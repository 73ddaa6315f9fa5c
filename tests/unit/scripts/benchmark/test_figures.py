"""Samples, their median and their spread."""

from scripts.lib.benchmark.figures import Row, Rows


def test_a_row_contains_the_median_and_the_spread() -> None:
    """One slow run changes the spread, not the median."""
    row = Row("plan", "s", [1.0, 9.0, 2.0])
    assert (2.0, (1.0, 9.0)) == (row.median, row.spread)


def test_rows_keep_the_order_in_which_they_were_measured() -> None:
    """Quantities that are measured in turns have one row each, with all samples and their processor time."""
    found = Rows()
    for sample in (1.0, 2.0):
        found.add("b", "s", sample, cpu=sample / 2)
        found.add("a", "ms", sample)
    assert [
        {"name": "b", "unit": "s", "samples": [1.0, 2.0], "cpu": [0.5, 1.0], "median": 1.5},
        {"name": "a", "unit": "ms", "samples": [1.0, 2.0], "cpu": [], "median": 1.5},
    ] == found.as_json()
