"""The filters that a user could write for an app."""

import pytest

from scripts.lib.app_facts import apps, filters
from scripts.lib.app_facts.apps import App
from scripts.lib.shared.hcl import Anchored, JsonText

APPS = {app.app_id: app for app in apps.load()}
FILTERED = [app for app in APPS.values() if app.filter_shape]


def test_the_apps_with_a_filter_have_a_shape() -> None:
    """24 apps have an include and an exclude filter, and 14 have none."""
    assert (24, 14) == (len(FILTERED), len(APPS) - len(FILTERED))
    assert not filters.is_filter(APPS["bigquery-miner"], "include_filter")
    assert not filters.is_filter(APPS["atlan-dbt"], "include_filter_core")
    with pytest.raises(ValueError, match="bigquery-miner has no filter"):
        filters.given(APPS["bigquery-miner"], "include_filter", text=False)


def test_names_are_anchored_when_they_are_sent() -> None:
    """A configuration contains names and the function, a request the expressions."""
    names = {"a": ["b"], "c": []}
    assert {"^a$": ["^b$"], "^c$": []} == filters.sent(Anchored(names))
    assert '{"^a$": ["^b$"], "^c$": []}' == filters.sent(JsonText(Anchored(names)))
    assert {"x": [{"y": '["z"]'}]} == filters.sent({"x": [{"y": JsonText(["z"])}]})
    assert names == filters.names(JsonText(Anchored(names)))


@pytest.mark.parametrize("app", FILTERED, ids=lambda app: app.app_id)
def test_another_filter_differs(app: App) -> None:
    """It is another value of the same kind."""
    for value in (filters.given(app, "include_filter", text=text) for text in (False, True)):
        other = filters.another(app, value)
        assert type(value) is type(other)
        assert filters.sent(value) != filters.sent(other)


@pytest.mark.parametrize("empty", [{}, JsonText({}), "{}"])
def test_an_empty_filter_gets_a_name(empty: object) -> None:
    """The empty object and both forms of its JSON text."""
    assert filters.sent(filters.another(APPS["bigquery-crawler"], empty)) in (  # type: ignore[arg-type]
        {"^added 0$": ["^here$"]},
        '{"^added 0$": ["^here$"]}',
    )
