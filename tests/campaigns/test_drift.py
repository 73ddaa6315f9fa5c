"""Every configured input of every app is edited in the service, and a plan reverts exactly this edit."""

import pytest

from scripts.lib.app_facts import apps
from tests.acceptance.conftest import Start
from tests.support import ui
from tests.support.campaigns.figures import Figures, drawn
from tests.support.drift import NEVER_RETURNED, apply, check_reverted, planned, with_every_input
from tests.support.sandbox_pool import BOTH_CONTRACTS

ROUNDS = 25
ROUNDS_A_TEST = 5


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    groups = [range(first, first + ROUNDS_A_TEST) for first in range(0, ROUNDS, ROUNDS_A_TEST)]
    metafunc.parametrize("rounds", drawn(metafunc.config, groups, short=1), ids=str)


@BOTH_CONTRACTS
def test_an_edit_of_any_configured_input_is_planned_back_alone(
    start: Start, contracts: str, rounds: range, figures: Figures
) -> None:
    """A plan after each round updates each app in place, and `inputs` differs only by the edited key."""
    sandbox, workspace = start()
    applied = apply(sandbox, workspace, [with_every_input(app) for app in apps.load()])
    assert {} == planned(workspace)
    told = {each.address: [name for name in each.configured if name not in NEVER_RETURNED] for each in applied}
    assert max(map(len, told.values())) <= ROUNDS
    for place in rounds:
        edited = {}
        for each in applied:
            if place < len(told[each.address]):
                edited[each.address] = each.edit(told[each.address][place])
            ui.replace(sandbox, each.slug, edited.get(each.address, each.published))
        found = planned(workspace)
        assert edited.keys() == found.keys()
        for each in applied:
            if each.address in edited:
                check_reverted(found[each.address], each, told[each.address][place], edited[each.address])
        figures.count(f"{contracts} contracts: edited inputs, each planned back alone", len(edited))
