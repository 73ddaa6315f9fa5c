"""The options that are on or off."""

from __future__ import annotations

from pathlib import Path

import pytest

from provider.sandbox.options import Options, parse
from provider.sandbox.switches import SWITCHES, Switch
from tests.support.sandbox_program import arguments


@pytest.mark.parametrize("switch", SWITCHES, ids=lambda switch: switch.on)
def test_each_switch_has_an_option_for_on_and_one_for_off(tmp_path: Path, switch: Switch) -> None:
    """Without an option, the switch has its default."""

    def parsed(*options: str) -> bool:
        options_of_program = parse([*arguments(tmp_path), *(f"--{each.replace('_', '-')}" for each in options)])
        return getattr(options_of_program, switch.on)

    assert (getattr(Options, switch.on), True, False) == (parsed(), parsed(switch.on), parsed(switch.off))


def test_each_field_that_is_on_or_off_is_a_switch() -> None:
    """No other mechanism adds such a pair."""
    assert {name for name, value in vars(Options).items() if isinstance(value, bool)} == {each.on for each in SWITCHES}
