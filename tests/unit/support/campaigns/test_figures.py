"""The lines that report the figures of a campaign."""

from types import SimpleNamespace

from tests.support.campaigns.figures import lines


def test_counts_are_added_and_measures_have_a_spread() -> None:
    """A report without figures adds nothing."""
    reports = [
        SimpleNamespace(user_properties=[("cases", 1000), ("seconds", 1.0)]),
        SimpleNamespace(user_properties=[("cases", 2), ("seconds", 3.0), ("size", 7.0)]),
        SimpleNamespace(),
    ]
    assert ["cases: 1,002", "seconds: 2 (1 to 3)", "size: 7"] == list(lines(reports))
