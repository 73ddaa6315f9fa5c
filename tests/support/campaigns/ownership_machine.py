"""The campaign of ownership as a state machine: hypothesis chooses the steps and their arguments.

No rule has a precondition, and no argument depends on what exists, because a signal may come earlier or later when a
sequence is run again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from hypothesis import strategies
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tests.support.campaigns.ownership_stacks import INTERRUPTS, LOST_ANSWERS, NO_TROUBLE, STACKS, Trouble
from tests.support.campaigns.ownership_steps import Form, Renaming, Taking
from tests.support.campaigns.ownership_ui import UiSteps

STACK = strategies.sampled_from(["a", "a", *STACKS])
NUMBER = strategies.integers(0, 11)
BOOLEAN = strategies.booleans()
FORM = strategies.sampled_from(["known", "unknown", "creates first"])
TROUBLE = strategies.sampled_from([*[NO_TROUBLE] * 10, *LOST_ANSWERS, *INTERRUPTS])


class Machine(RuleBasedStateMachine):
    """A sequence of steps on a tenant."""

    begin: ClassVar[Callable[[], UiSteps | None]]
    """Return the steps on an empty tenant, or None if the sequence is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.steps = type(self).begin()

    def _do(self, name: str, *arguments: Any) -> None:
        if self.steps is not None:
            getattr(self.steps, name)(*arguments)

    @initialize(adopts=BOOLEAN, form=FORM, number=NUMBER)
    def start(self, adopts: bool, form: Form, number: int) -> None:
        self._do("start", adopts, form, number)

    @rule(stack=STACK, number=NUMBER, adopts=BOOLEAN, form=FORM | strategies.just("aliased"), trouble=TROUBLE)
    def add_app(self, stack: str, number: int, adopts: bool, form: Form, trouble: Trouble) -> None:
        self._do("add_app", stack, number, adopts, form, trouble)

    @rule(stack=STACK, number=NUMBER, trouble=TROUBLE)
    def remove(self, stack: str, number: int, trouble: Trouble) -> None:
        self._do("remove", stack, number, trouble)

    @rule(
        stack=STACK,
        number=NUMBER,
        how=strategies.sampled_from(["plain", "moved", "unknown", "target"]),
        trouble=TROUBLE,
    )
    def rename_app(self, stack: str, number: int, how: Renaming, trouble: Trouble) -> None:
        self._do("rename_app", stack, number, how, trouble)

    @rule(stack=STACK, number=NUMBER, trouble=TROUBLE)
    def change_name(self, stack: str, number: int, trouble: Trouble) -> None:
        self._do("change_name", stack, number, trouble)

    @rule(stack=STACK, number=NUMBER, twice=BOOLEAN, trouble=TROUBLE)
    def import_app(self, stack: str, number: int, twice: bool, trouble: Trouble) -> None:
        self._do("import_app", stack, number, twice, trouble)

    @rule(stack=STACK, number=NUMBER, adopts=BOOLEAN, trouble=TROUBLE)
    def add_schedule(self, stack: str, number: int, adopts: bool, trouble: Trouble) -> None:
        self._do("add_schedule", stack, number, adopts, trouble)

    @rule(number=NUMBER, adopts=BOOLEAN, trouble=TROUBLE)
    def add_an_equal_schedule(self, number: int, adopts: bool, trouble: Trouble) -> None:
        """Add a schedule to the first configuration, which has most of them."""
        self._do("add_schedule", "a", number, adopts, trouble)

    @rule(stack=STACK, number=NUMBER, moved=BOOLEAN, trouble=TROUBLE)
    def rename_schedule(self, stack: str, number: int, moved: bool, trouble: Trouble) -> None:
        self._do("rename_schedule", stack, number, moved, trouble)

    @rule(stack=STACK, number=NUMBER, trouble=TROUBLE)
    def change_cron(self, stack: str, number: int, trouble: Trouble) -> None:
        self._do("change_cron", stack, number, trouble)

    @rule(stack=STACK, number=NUMBER, trouble=TROUBLE)
    def import_schedule(self, stack: str, number: int, trouble: Trouble) -> None:
        self._do("import_schedule", stack, number, trouble)

    @rule(
        stack=STACK,
        number=NUMBER,
        how=strategies.sampled_from(["equal times", "adopt", "import"]),
        trouble=TROUBLE,
    )
    def take_replaced(self, stack: str, number: int, how: Taking, trouble: Trouble) -> None:
        self._do("take_replaced", stack, number, how, trouble)

    @rule(stack=STACK, number=NUMBER, trouble=TROUBLE)
    def replace(self, stack: str, number: int, trouble: Trouble) -> None:
        self._do("replace", stack, number, trouble)

    @rule(stack=STACK, number=NUMBER, trouble=TROUBLE)
    def taint(self, stack: str, number: int, trouble: Trouble) -> None:
        self._do("taint", stack, number, trouble)

    @rule(stack=STACK, number=NUMBER, form=FORM, trouble=TROUBLE)
    def adopt(self, stack: str, number: int, form: Form, trouble: Trouble) -> None:
        self._do("adopt", stack, number, form, trouble)

    @rule(
        number=NUMBER,
        what=strategies.sampled_from(
            ["create_in_ui", "archive_in_ui", "edit_in_ui", "add_trigger_in_ui", "remove_trigger_in_ui"]
        ),
    )
    def act_in_the_ui(self, number: int, what: str) -> None:
        self._do(what, number)
