"""Plan modifiers: rules for the planned value of an attribute. Pass them to ``Attribute(plan_modifiers=...)``.

A computed attribute without ``keep`` and ``default`` is unknown in every plan that creates or changes the resource,
unless the attribute is configured.
"""

from __future__ import annotations

from typing import TypeAlias

from provider.framework.values import Value, same


class Keep:
    """Plan the prior value again if the attribute is not configured."""

    def __call__(self, prior: Value, planned: Value) -> Value:
        """Return the prior value, or the planned value if the prior value is null."""
        return planned if prior is None else prior


class RequiresReplace:
    """Plan a replacement of the resource if the value changes."""

    def __call__(self, prior: Value, planned: Value) -> bool:
        """Return True if the values differ."""
        return not same(prior, planned)


class Default:
    """Plan a value if the attribute is not configured."""

    def __init__(self, value: Value) -> None:
        self.value = value

    def __call__(self, config: Value) -> Value:
        """Return the configured value, or the default if the configured value is null."""
        return self.value if config is None else config


PlanModifier: TypeAlias = Keep | RequiresReplace | Default


def keep() -> Keep:
    """Return the rule for a computed value that never changes after the create, such as an id."""
    return Keep()


def requires_replace() -> RequiresReplace:
    """Return the rule for a value that the service cannot change in place."""
    return RequiresReplace()


def default(value: Value) -> Default:
    """Return the rule for an optional value that has a fixed meaning if it is left out."""
    return Default(value)
