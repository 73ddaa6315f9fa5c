"""The table of filters in the guide."""

import pytest

from provider.contracts.filter_shapes import FORMS
from provider.model.known_apps import known_apps
from scripts.lib.docs.filter_forms import forms
from scripts.lib.docs.pages import pages

PAGES = pages()
FILTERED = {app_id: app for app_id, app in known_apps().items() if app.filter_shape is not None}
LINKING = [
    *(f"functions/{name}.md" for name in ("anchored_filter", "anchored_expressions", "nested_filter")),
    "resources/app.md",
]


def test_each_app_with_a_filter_has_one_form() -> None:
    """No app is missing, and none is in two rows."""
    assert sorted(FILTERED) == sorted(app_id for form in forms() for app_id in form.app_ids)


@pytest.mark.parametrize("app_id", FILTERED)
def test_the_form_of_an_app_is_the_one_that_a_plan_checks(app_id: str) -> None:
    """The row says what the warning of the plan says. It says no if a plan does not know the form."""
    (form,) = [form for form in forms() if app_id in form.app_ids]
    checked = FORMS.get(FILTERED[app_id].filter_shape or "as_given")
    assert form.is_checked == (checked is not None)
    assert checked is None or form.what == checked.what


@pytest.mark.parametrize("app_id", FILTERED)
def test_the_guide_contains_the_app(app_id: str) -> None:
    """The first column contains the id."""
    rows = [line.split("|")[1] for line in PAGES["guides/filters.md"].splitlines() if line.startswith("| `")]
    assert 1 == sum(f"`{app_id}`" in row for row in rows)


@pytest.mark.parametrize("name", LINKING)
def test_the_pages_about_filters_link_the_guide(name: str) -> None:
    """The pages of the functions and of the workflow."""
    assert "](../guides/filters.md)" in PAGES[name]
