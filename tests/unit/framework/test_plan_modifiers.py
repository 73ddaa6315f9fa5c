"""Plan modifiers as values, and their short forms."""

from typing import Any

import pytest

from provider.framework import STRING, Attribute, Unknown, plan_modifiers


@pytest.mark.parametrize(("prior", "expected"), [("p", "p"), (None, Unknown)])
def test_keep_returns_the_prior_value(prior: Any, expected: Any) -> None:
    """Without a prior value the planned one stays."""
    assert expected == plan_modifiers.keep()(prior, Unknown)


@pytest.mark.parametrize(("planned", "expected"), [("p", False), ("q", True), (Unknown, True), (None, True)])
def test_requires_replace_compares_values(planned: Any, expected: bool) -> None:
    """A value that differs or may differ requires replacement."""
    assert expected is plan_modifiers.requires_replace()("p", planned)


@pytest.mark.parametrize(("config", "expected"), [(None, "d"), ("c", "c"), (Unknown, Unknown)])
def test_default_returns_the_configured_value_first(config: Any, expected: Any) -> None:
    """The default is for an attribute that is not configured."""
    assert expected == plan_modifiers.default("d")(config)


@pytest.mark.parametrize(
    ("short", "modifier"),
    [
        ({"keep": True}, plan_modifiers.keep()),
        ({"requires_replace": True}, plan_modifiers.requires_replace()),
        ({"default": "d"}, plan_modifiers.default("d")),
        ({"default": False}, plan_modifiers.default(False)),
    ],
)
def test_a_short_form_equals_a_plan_modifier(short: Any, modifier: Any) -> None:
    """Both forms declare the same attribute."""
    left = Attribute("a", STRING, description="", optional=True, **short)
    right = Attribute("a", STRING, description="", optional=True, plan_modifiers=[modifier])
    assert [type(each) for each in left.plan_modifiers] == [type(each) for each in right.plan_modifiers]
    assert (left.default, left.requires_replace, left.keep is None) == (
        right.default,
        right.requires_replace,
        right.keep is None,
    )
    assert left.to_message() == right.to_message()
