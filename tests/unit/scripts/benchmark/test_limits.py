"""The limits of the figures."""

import pytest

from scripts.lib.benchmark import limits
from scripts.lib.benchmark.figures import NEWCOMER, Rows
from tests.support.benchmark_rows import rows


def broken(found: Rows) -> list[str]:
    return [limit.what for limit in limits.of(found, 2) if not limit.holds]


def test_every_limit_holds_at_its_bound() -> None:
    """A run whose figures equal their bounds is within all thirteen limits."""
    assert [] == broken(rows())
    assert 13 == len(limits.of(rows(), 2))


def test_a_release_is_held_to_its_limits_where_it_was_measured() -> None:
    """Three of the limits need an archive."""
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
    """A figure above its bound misses its limit, and no other."""
    assert missed == broken(rows(**worse))


def test_growth_is_beside_terraform_s_own() -> None:
    """A plan can grow with the number of resources as much as a plan of Terraform alone."""
    found = Rows()
    for size, floor, ours in ((100, 1.0, 2.0), (5000, 5.0, 11.0)):
        found.add(f"plan of {size}, terraform_data", "s", floor)
        found.add(f"plan of {size}, this provider", "s", ours)
    limit = limits.growth(found, 100, 5000)
    assert (5.5, 5.0, False) == (limit.figure, limit.bound, limit.holds)
