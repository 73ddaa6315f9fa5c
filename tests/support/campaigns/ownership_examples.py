"""Sequences of the campaign of ownership that every run contains: one for each rule that keeps an object its owner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from tests.support.campaigns.ownership_stacks import NO_TROUBLE
from tests.support.campaigns.ownership_ui import UiSteps

Step: TypeAlias = tuple[str, tuple[Any, ...]]
"""The name of a step and its arguments."""

_START: Step = ("start", (True, "known", 0))
"""The second workflow adopts and has a schedule."""

EXAMPLES: Mapping[str, Sequence[Step]] = {
    "a managed object is not adopted": [_START, ("rename_app", ("a", 1, "plain", NO_TROUBLE))],
    "an adopted object is not archived": [_START, ("rename_app", ("a", 1, "unknown", NO_TROUBLE))],
    "two addresses do not have one object": [_START, ("import_app", ("a", 0, True, NO_TROUBLE))],
    "a schedule takes no trigger with equal times": [_START, ("add_schedule", ("a", 1, False, NO_TROUBLE))],
    "a replacement adopts no other trigger": [
        _START,
        ("add_schedule", ("a", 1, False, NO_TROUBLE)),
        ("replace", ("a", 2, NO_TROUBLE)),
    ],
    "a replaced trigger is not used elsewhere": [_START, ("take_replaced", ("a", 0, "import", NO_TROUBLE))],
}
"""Sequences by the rule that they need."""


def run(steps: UiSteps, sequence: Sequence[Step]) -> None:
    """Run a sequence. Raises AssertionError if an object is lost, created twice or renamed."""
    for name, arguments in sequence:
        getattr(steps, name)(*arguments)
