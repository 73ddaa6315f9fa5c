"""The compared configurations have the same resources."""

import pytest

from scripts.lib.benchmark import configurations
from scripts.lib.benchmark.suite import KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_each_configuration_holds_the_same(kind: str) -> None:
    """All compared configurations have the same number of resources, with the same names and inputs."""
    written = KINDS[kind](7, "app")
    assert "count = 7" in written
    assert 'name       = format("app-%05d", count.index)' in written
    assert "temp_table_regex" in written
    assert configurations.SCHEDULES in written or kind != "this provider"
